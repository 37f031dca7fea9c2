"""python -m chat: serve the chat API."""

from chat.wsgi import serve

if __name__ == "__main__":
    serve()
