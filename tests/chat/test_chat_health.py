def test_the_process_is_up_whatever_is_down(make_app, store) -> None:
    client = make_app(rasa_url="http://127.0.0.1:9").test_client()
    store.release = RuntimeError()
    assert client.get("/healthz").json == {"status": "ok"}


def test_ready_when_everything_answers(client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json == {
        "status": "ready",
        "parts": {"release": True, "rasa": True, "actions": True},
        "release": 7,
    }


def test_not_ready_says_which_part(make_app) -> None:
    response = make_app(actions_url="http://127.0.0.1:9").test_client().get("/readyz")
    assert response.status_code == 503
    assert response.json["parts"] == {"release": True, "rasa": True, "actions": False}
    response = make_app(rasa_url="http://127.0.0.1:9").test_client().get("/readyz")
    assert response.json["parts"] == {"release": True, "rasa": False, "actions": True}


def test_not_ready_without_a_release(client, store) -> None:
    store.release = RuntimeError()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json["parts"]["release"] is False
