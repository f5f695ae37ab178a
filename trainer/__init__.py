"""Entente: gets a company's people ready to work with a foreign partner."""
