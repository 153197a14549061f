"""The why ladder and the conversation around it."""
