"""Where vanthu meets the ecosystem of language processing: spaCy as a way in, underthesea as a second opinion."""
