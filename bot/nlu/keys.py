"""The names under which components leave things on a message."""

READING = "reading"  # knowledge.language.masks.Reading
VECTOR = "sentence_vector"  # unit vector of the sentence encoder
GRAMS = "grams"  # one sparse row
SCORES = "scores"  # {head: {label: likeness score}}, for training lines as if each had not been learned from

NORMALIZED = "normalized"
ASPECTS = "aspects"
MATTER = "matter"
MATTER_RANKING = "matter_ranking"
FAQ = "faq"

OTHER = "_other"  # business or talk that is no matter of ours
NONE = "_none"  # nothing named: “那费用呢”
