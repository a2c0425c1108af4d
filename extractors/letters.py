"""The Vietnamese letters as contents of a regex character class: ``[{UPPER}][{LOWER}]+``.

Ranges such as ``à-ỹ`` do not work: capitals and small letters alternate there.
"""

#: The small letters with marks, and đ.
MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"

LOWER = "a-z" + MARKED
UPPER = "A-Z" + MARKED.upper()
