"""销号申请表 (domain §4 F5): one problem on A4, with the sign-off boxes of the region."""

from collections.abc import Iterator
from pathlib import Path

from desktop.documents.case_form import print_case_form
from desktop.documents.fields import district_of
from desktop.documents.flow import Row
from desktop.documents.fonts import FontSet
from desktop.documents.forms import FormType, read_boxes, sign_rows
from desktop.documents.template import Section
from desktop.rules.paper import PaperRequest, Printed
from desktop.rules.region import fill_names

KEY, NAME = "closure_application", "销号申请表"


def print_application(request: PaperRequest, fonts: FontSet, folder: Path | None = None) -> Printed:
    """The application form of the request's case; template in ``folder`` or in the program."""
    district = district_of(request)
    names = request.bodies or tuple(fill_names(name, request.region, district) for name in request.region.applicants)

    def boxes(section: Section, form: FormType) -> Iterator[Row]:
        return sign_rows(request.region.signoff, read_boxes(section), form, names)

    return print_case_form(KEY, NAME, request, fonts, {"signoff": boxes}, folder)
