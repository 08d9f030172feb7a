"""The record of acts: looked up, put into words, and checked along its chain."""
