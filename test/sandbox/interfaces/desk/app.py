from openenv import create_app

from .environment import Desk

app = create_app(lambda: Desk("Good day."), {"title": "Note", "properties": {"note": {"type": "string"}}, "required": ["note"]})
