"""Referrals to those who have no account: the printed letter, the link that opens once, the answer by telephone."""
