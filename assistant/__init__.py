"""What Askwhy does: judge goals, ask why, criticise a strategy, propose indicators, answer, converse."""
