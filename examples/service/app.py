"""A service that judges communes: ``uvicorn app:app`` in this folder; what it takes and answers stands at ``/docs``.

The body is read as text, so that figures count as written (62.350) and a key that stands twice is refused.
"""

from datetime import date
from functools import lru_cache
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

import ntm_rules as ntm

app = FastAPI(title="New rural communes", version="1")
FACTS = {"$id": "ntm-rules/subject/v1", **ntm.Subject.model_json_schema()}


class Wrong(BaseModel):
    """One thing that the caller must mend: the field, the stable code, what and how in two languages."""

    field: str
    code: str
    vi: str
    en: str


class Refused(BaseModel):
    """Everything that is wrong, told at once."""

    problems: list[Wrong]


@lru_cache(maxsize=64)
def rules_of(on: date, province: str | None = None) -> ntm.RuleSet:
    """The text in force; loading reads files and deciding does not, so a text is loaded once."""
    return ntm.applicable("commune-ntm", on=on, province=province)


async def facts(request: Request) -> ntm.Subject:
    """The subject of the body."""
    return ntm.Subject.from_json(await request.body())


@app.post(
    "/communes/decision",
    response_model=ntm.DecisionRecord,
    responses={
        404: {"model": Refused, "description": "No text was in force"},
        422: {"model": Refused, "description": "Facts to be mended"},
    },
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": FACTS}}}},
)
def decide(subject: Annotated[ntm.Subject, Depends(facts)], rules: Annotated[ntm.RuleSet, Depends(rules_of)]) -> Response:
    """The decision, as canonical JSON: kept as it is, anybody can verify it later."""
    return Response(rules.evaluate(subject).to_json(), media_type="application/json")


@app.exception_handler(ntm.NtmError)
def refused(request: Request, error: ntm.NtmError) -> JSONResponse:
    """404 where there is no such text, 422 where the caller can mend it."""
    status = 404 if isinstance(error, ntm.NotInForce | ntm.NotFound) else 422
    told = [
        Wrong(
            field=problem.place.path.rpartition(": ")[2],
            code=problem.code,
            vi=f"{problem.what('vi')} {problem.mend('vi')}",
            en=f"{problem.what('en')} {problem.mend('en')}",
        )
        for problem in error.problems
    ]
    return JSONResponse(Refused(problems=told).model_dump(), status_code=status)
