"""An overlay document: what an amendment, a province or a draft changes in an edition from a day on, or what was read in its text."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from ntm_rules.model.base import Model, Text, Words
from ntm_rules.model.certificate import Certifying
from ntm_rules.model.ruleset import Period, _listed

KIND_ORDER = {"amendment": 0, "provincial": 1, "draft": 2, "certificate": 3}


def _as_written(schema: dict[str, Any]) -> None:
    """For editors: the keys of the node stand beside ``set``."""
    del schema["properties"]["fields"]
    schema["additionalProperties"] = True


class Change(Model):
    """One change: ``set`` takes new values for keys of a node, ``add`` brings a node, ``remove`` takes one away.

    The keys beside ``set`` are those of the node it names; they are checked when the overlay is applied to its edition.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=_as_written)

    set: Text | None = Field(default=None, description="Số của tiêu chí, chỉ tiêu, hoặc tên chiều được đặt lại.")
    add: dict[str, Any] | None = Field(default=None, description="Tiêu chí hoặc chỉ tiêu mới.")
    under: Text | None = Field(default=None, description="Tiêu chí chứa chỉ tiêu mới.")
    remove: Text | None = Field(default=None, description="Số của tiêu chí hoặc chỉ tiêu bị bãi bỏ.")
    fields: dict[str, Any] = Field(default_factory=dict)

    @property
    def target(self) -> str:
        """The number or name the change is about."""
        if self.add is not None:
            return str(self.add.get("criterion") or self.add.get("indicator"))
        return self.set or self.remove or ""


def _gather(given: Any) -> Any:
    """The keys beside ``set``/``add``/``remove`` under ``fields``."""
    if not isinstance(given, dict) or "fields" in given:
        return given
    own = {key: value for key, value in given.items() if key in ("set", "add", "under", "remove")}
    rest = {key: value for key, value in given.items() if key not in own}
    return {**own, "fields": rest} if rest else own


class OverlayDocument(Model):
    """What changes in an edition, by which instrument, from when, and where."""

    overlay: Text = Field(description="Tên: họ/phiên bản/tên, như commune-ntm/2021-2025/211-qd-ttg.")
    version: Text
    kind: Literal["amendment", "provincial", "draft", "certificate"] = Field(
        description="amendment: sửa đổi · provincial: của tỉnh · draft: dự thảo · certificate: đối chiếu với bản ký."
    )
    amends: Text = Field(description="Bộ tiêu chí được sửa.")
    title: Words
    instrument: Text
    in_force: Period
    province: Text | None = Field(default=None, description="Tỉnh, như kon-tum; chỉ với bản của tỉnh.")
    notes: Annotated[tuple[Words, ...], BeforeValidator(_listed)] = ()
    changes: Annotated[
        tuple[Annotated[Change, BeforeValidator(_gather)], ...],
        BeforeValidator(_listed),
    ] = ()
    certifies: Certifying | None = Field(default=None, description="Kết quả đối chiếu với bản ký; chỉ với certificate.")
