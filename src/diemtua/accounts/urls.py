"""The room's own addresses."""

from django.urls import path

from diemtua.accounts.views import invitations, lock, organisations, own, people, sign_in

app_name = "accounts"
urlpatterns = [
    path("tai-khoan/", own.me, name="me"),
    path("tai-khoan/doi-vai-tro/", own.act_as, name="act-as"),
    path("tai-khoan/ngon-ngu/", own.language, name="language"),
    path("tai-khoan/giao-dien/", own.theme, name="theme"),
    path("tai-khoan/chua-co-vai-tro/", own.no_role, name="no-role"),
    path("tai-khoan/phien/", own.sessions, name="sessions"),
    path("tai-khoan/phien/ket-thuc/", own.end_session, name="end-session"),
    path("tai-khoan/con-day/", own.here, name="here"),
    path("khoa-man-hinh/", lock.lock, name="lock"),
    path("mo-khoa/", lock.unlock, name="unlock"),
    path("vao/du-lieu-mau/", sign_in.demo_sign_in, name="demo-sign-in"),
    path("loi-moi/<str:token>/", invitations.accept, name="invitation"),
    path("quan-tri/", people.administration, name="administration"),
    path("quan-tri/nguoi-dung/", people.list_people, name="people"),
    path("quan-tri/nguoi-dung/<uuid:pk>/", people.person, name="person"),
    path("quan-tri/nguoi-dung/<uuid:pk>/giao-vai-tro/", people.grant, name="grant"),
    path("quan-tri/nguoi-dung/<uuid:pk>/ket-thuc/", people.end_membership, name="end-membership"),
    path("quan-tri/nguoi-dung/<uuid:pk>/tam-dung/", people.suspend, name="suspend"),
    path("quan-tri/nguoi-dung/<uuid:pk>/mo-lai/", people.restore, name="restore"),
    path(
        "quan-tri/nguoi-dung/<uuid:pk>/dat-lai-hai-lop/",
        people.reset_second_factor,
        name="reset-second-factor",
    ),
    path(
        "quan-tri/nguoi-dung/<uuid:pk>/mat-khau-moi/",
        people.passphrase_link,
        name="passphrase-link",
    ),
    path("moi/", invitations.invitations, name="invitations"),
    path("moi/gui/", invitations.invite, name="invite"),
    path("moi/thu-hoi/", invitations.withdraw, name="withdraw-invitation"),
    path("quan-tri/don-vi/", organisations.list_organisations, name="organisations"),
    path("quan-tri/don-vi/them/", organisations.new_organisation, name="new-organisation"),
    path("quan-tri/don-vi/<uuid:pk>/", organisations.edit_organisation, name="organisation"),
    path(
        "quan-tri/don-vi/<uuid:pk>/dong/",
        organisations.close_organisation,
        name="close-organisation",
    ),
]
