"""Is this clear? A reaction to a page or a kind of message, by anybody; a machine is let go without a word."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from waardig.faces.portal.views.common import show
from waardig.feedback import actions
from waardig.feedback import queries as reactions
from waardig.feedback.terms import FormUsedUp, PersonalInText, ReactionTooLong, TooManyReactions, Topic, TopicUnknown
from waardig.identity.terms import audience
from waardig.kernel.declared import uses
from waardig.screens.feedback_page import CLEAR, PERSONAL, feedback_page
from waardig.screens.floods import TRAP, mark_of
from waardig.screens.frames import NAME_ABOVE_THE_PAGE, language_of, portal_frame
from waardig.screens.pages.forms import FieldError

GIVEN = "feedback_given"


@audience("public")
@require_http_methods(["GET", "HEAD", "POST"])
@uses(NAME_ABOVE_THE_PAGE)
def feedback(request: HttpRequest) -> HttpResponse:
    """Is deze pagina duidelijk? A post counts once; after it the page says thank you."""
    try:
        topic = reactions.topic(request.GET.get("over", ""))
    except TopicUnknown as unknown:
        raise Http404(unknown.text_nl) from unknown
    if request.method != "POST":
        given = request.session.pop(GIVEN, None) == topic.key
        return show(request, feedback_page(topic, portal_frame(request), given=given))
    posted = request.POST.dict()
    wrong = _give(request, topic)
    if wrong:
        return show(request, feedback_page(topic, portal_frame(request), posted=posted, wrong=wrong), 400)
    request.session[GIVEN] = topic.key
    return HttpResponseRedirect(request.get_full_path())


def _give(request: HttpRequest, topic: Topic) -> dict[str, FieldError]:
    """Take what was typed; gives what is wrong by field, and then nothing is kept."""
    clear, text = request.POST.get("clear", ""), request.POST.get("text", "")
    if clear not in dict(CLEAR):
        return {"clear": FieldError.ANSWER_EMPTY}
    if request.POST.get(TRAP):
        return {}
    try:
        actions.give(
            topic.key,
            clear=clear == "yes",
            text=text,
            language=language_of(),
            number=request.POST.get("number", ""),
            sender=mark_of(request, "waardig.feedback"),
        )
    except PersonalInText as personal:
        return {"text": PERSONAL[personal.found]}
    except ReactionTooLong:
        return {"text": FieldError.REACTION_TOO_LONG}
    except FormUsedUp:
        return {"clear": FieldError.FORM_OLD}
    except TooManyReactions:
        return {"clear": FieldError.TOO_MANY_REACTIONS}
    return {}
