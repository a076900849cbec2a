"""Kinds of job that bring in what competitors run."""

from typing import Literal, Self

from pydantic import Field, model_validator

from services import jobs
from services.kit.app import App
from services.kit.db import Scope
from services.kit.text import counted
from services.research import watching


class WatchedParameters(jobs.Parameters):
    source: Literal["folder", "address"] = Field(
        default="folder", title="From", description="A folder on this machine, or an address on the web."
    )
    folder: str = Field(
        default="",
        max_length=200,
        title="Folder",
        description="The name of a folder in your organisation's part of WATCHED_FOLDER.",
    )
    address: str = Field(
        default="", max_length=2_000, title="Address", description="The https address of an export, reachable by all."
    )

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if self.source == "folder" and not self.folder.strip():
            raise ValueError("Say which folder to watch")
        if self.source == "address" and not self.address.startswith("https://"):
            raise ValueError("Say which https address to watch")
        return self


class ImportWatched:
    """Takes what is new or changed and asks for an import of each; the imports are jobs of their own."""

    name = "import_watched"
    title = "Import new exports"
    help = "Looks into a watched folder, or at an address, and imports the files that are new or have changed."
    icon = ":material/folder_eye:"
    parameters: type[jobs.Parameters] = WatchedParameters
    reach: jobs.Reach = "organisation"
    overlap = jobs.Overlap.SKIP
    payload_version = 1

    def rehearse(self, app: App, scope: Scope, parameters: WatchedParameters) -> list[str]:
        if parameters.source == "address":
            seen = watching.take_address(app, scope, parameters.address, only_look=True)
            return [f"{seen.name} {seen.said}"]
        files = watching.new_in(app, scope, parameters.folder)
        return [f"Would import {one.name}: {one.size_bytes:,} bytes." for one in files] or ["Nothing new lies there."]

    def run(self, app: App, scope: Scope, parameters: WatchedParameters, run: jobs.RunningJob) -> jobs.Outcome:
        if parameters.source == "address":
            return _told([watching.take_address(app, scope, parameters.address)], run)
        files, taken = watching.new_in(app, scope, parameters.folder), []
        for done, file in enumerate(files, 1):
            if run.should_stop:
                break
            taken.append(watching.take_file(app, scope, parameters.folder, file))
            run.step(done, len(files), file.name)
        return _told(taken, run)


def _told(taken: list[watching.Taken], run: jobs.RunningJob) -> jobs.Outcome:
    for one in taken:
        run.log(f"{one.name} {one.said}", "info" if one.import_id else "warning")
    asked = [one for one in taken if one.import_id]
    links = tuple(jobs.Link(label=one.name[:120], path=f"/imports?import={one.import_id}") for one in asked[:20])
    return jobs.Outcome(
        said=f"{counted(len(asked), 'import')} asked for, {counted(len(taken) - len(asked), 'file')} left out."
        if taken
        else "Nothing new.",
        links=links,
        counts={"imports": len(asked), "left_out": len(taken) - len(asked)},
    )
