"""The public chat server: the chat API, the widget's files, and help when the things behind it fail."""
