import json

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path
from gunicorn.app.base import BaseApplication


def hello(request):
    # Without spaces, as the others write it.
    compact = {"separators": (",", ":")}
    return JsonResponse({"message": "hello"}, json_dumps_params=compact)


urlpatterns = [path("", hello)]
settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    # Adds the length of the answer, as the other frameworks do by themselves.
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
)
app = get_wsgi_application()


def announce(server):
    port = server.LISTENERS[0].sock.getsockname()[1]
    print(json.dumps({"port": port}), flush=True)


class Server(BaseApplication):
    def load_config(self):
        self.cfg.set("bind", "127.0.0.1:0")
        # The default worker closes each connection after one answer.
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", 4)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("when_ready", announce)

    def load(self):
        return app


Server().run()
