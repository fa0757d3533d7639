"""Between the merchant's app and the dialogue engine: HTTP gateway, inbox, outbox, widget."""

from bot.app import create_app
from bot.config import GatewayConfig
from bot.dialogue import Dialogue, RasaDialogue, Reply
from bot.words import error_text

__all__ = ["Dialogue", "GatewayConfig", "RasaDialogue", "Reply", "create_app", "error_text"]
