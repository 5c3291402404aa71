"""Requests about people's information at the desk: taken down by anybody, dealt with by the officer."""
