"""The networks of the models, by the name of their architecture. The grader brings small ones of its own."""
from . import v1, v2
