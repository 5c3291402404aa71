"""The errors of files, in sentences that say what to do."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Conflict, Forbidden, Missing, Refusal, Words


class NotAccepted(Refusal):
    """The file cannot be taken as it is; `reason` is a code. Nothing of it is kept."""

    status = 422
    code = "file_not_accepted"
    title: Words = _("We cannot accept this file")

    def __init__(self, reason: str, message: Words) -> None:
        self.reason = reason
        super().__init__(message)


class NoSuchFile(Missing):
    """There is no such file or upload, or it is not this actor's: both give the same answer."""

    code = "no_such_file"
    title: Words = _("File not found")
    message: Words = _("It may have been removed, or the upload took too long. Choose the file again.")


class NobodysFile(Forbidden):
    """Only an account, the holder of a draft or a task may upload."""

    code = "nobodys_file"
    title: Words = _("You cannot add a file here")
    message: Words = _("Start the form first, then add the file.")


class OutOfStep(Conflict):
    """The bytes do not continue the upload; `received` says where to continue."""

    code = "upload_out_of_step"
    title: Words = _("The upload was interrupted")
    message: Words = _("Part of the file is missing. Choose the same file again to continue.")

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__()


class StorageFull(Refusal):
    """There is no room left where files are kept; nothing was recorded."""

    status = 507
    code = "storage_full"
    title: Words = _("We cannot keep your file at the moment")
    message: Words = _(
        "We have run out of space. What you entered is safe. Try again later, or send the file another way."
    )


class StorageUnavailable(Refusal):
    """The place where files are kept is missing, read-only or does not answer; nothing was recorded."""

    status = 503
    code = "storage_unavailable"
    title: Words = _("We cannot reach our files at the moment")
    message: Words = _("What you entered is safe. Try again in a few minutes.")


class NotChecked(Refusal):
    """The virus scanner does not answer; the upload stays and can be finished later."""

    status = 503
    code = "file_not_checked"
    title: Words = _("We cannot check your file at the moment")
    message: Words = _("We have your file. Try again in a few minutes.")
