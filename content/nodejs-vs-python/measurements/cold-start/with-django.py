# The Node.js frameworks bring a server along, so load this one's too.
import gunicorn.app.base
import gunicorn.workers.gthread
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path


def hello(request):
    return JsonResponse({"message": "hello"})


urlpatterns = [path("", hello)]
settings.configure(ROOT_URLCONF=__name__)
app = get_wsgi_application()

print("ready", flush=True)
