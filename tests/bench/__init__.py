"""`make bench`: one run on one machine, this assistant beside Rasa's default pipeline for Chinese on the same sentences."""
