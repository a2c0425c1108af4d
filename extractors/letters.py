"""The Vietnamese letters as contents of a regex character class: ``[{UPPER}][{LOWER}]+``.

Ranges such as ``à-ỹ`` do not work: capitals and small letters alternate there.
"""

_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"

LOWER = "a-z" + _MARKED
UPPER = "A-Z" + _MARKED.upper()
