from . import registration
from .registration import register, registry
