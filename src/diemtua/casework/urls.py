"""Addresses of casework."""

from django.urls import path

from diemtua.casework.cases import views as cases
from diemtua.casework.duties import views as duties
from diemtua.casework.exports import views as exports
from diemtua.casework.overview import views as overview
from diemtua.casework.referrals import views as referrals
from diemtua.casework.team import views as team

app_name = "casework"
urlpatterns = [
    path("viec-hom-nay/", overview.today, name="list"),
    path("doi/", overview.team, name="team"),
    path("doi/xuat-bang/", exports.export, name="export"),
    path("truong-hop/<uuid:case_id>/", overview.case, name="case"),
    path("truong-hop/<uuid:case_id>/nhat-ky/", overview.log, name="log"),
    path("truong-hop/<uuid:case_id>/danh-tinh/", overview.identity, name="identity"),
    path("truong-hop/<uuid:case_id>/nhan/", cases.take, name="take"),
    path("truong-hop/<uuid:case_id>/giao/", cases.assign, name="assign"),
    path("truong-hop/<uuid:case_id>/bi-danh/", cases.alias, name="alias"),
    path("truong-hop/<uuid:case_id>/da-lien-he/", cases.contacted, name="contacted"),
    path("truong-hop/<uuid:case_id>/dich-vu/", cases.service, name="service"),
    path("truong-hop/<uuid:case_id>/dong-thuan/", cases.consent, name="consent"),
    path("dong-thuan/<uuid:consent_id>/rut/", cases.withdraw, name="withdraw"),
    path("tra-cuu/", team.look_for, name="look-for"),
    path("truong-hop/<uuid:case_id>/mo-khan-cap/", team.break_glass, name="break-glass"),
    path("truong-hop/<uuid:case_id>/truc-thay/", team.cover, name="cover"),
    path("truong-hop/<uuid:case_id>/ai-da-xem/", team.who_looked, name="who-looked"),
    path("mo-khan-cap/<uuid:access_id>/", team.review, name="review"),
    path("quyen-mo-tam/<uuid:access_id>/ket-thuc/", team.end, name="end-access"),
    path("doi/ban-giao/<uuid:user_id>/", team.hand_over, name="hand-over"),
    path("truong-hop/<uuid:case_id>/chuyen-gui/", referrals.refer, name="refer"),
    path("chuyen-gui/", referrals.inbox, name="referrals"),
    path("chuyen-gui/<uuid:referral_id>/", referrals.referral, name="referral"),
    path("chuyen-gui/<uuid:referral_id>/nhan/", referrals.accept, name="accept"),
    path("chuyen-gui/<uuid:referral_id>/tu-choi/", referrals.decline, name="decline"),
    path("chuyen-gui/<uuid:referral_id>/luu-tru/", referrals.stay, name="stay"),
    path("chuyen-gui/<uuid:referral_id>/roi-di/", referrals.leave, name="leave"),
    path("chuyen-gui/<uuid:referral_id>/xong/", referrals.complete, name="complete"),
    path("chuyen-gui/<uuid:referral_id>/thu-hoi/", referrals.revoke, name="revoke"),
    path("viec-theo-luat/", duties.duties, name="duties"),
    path("viec-theo-luat/<uuid:duty_id>/", duties.duty, name="duty"),
    path("viec-theo-luat/<uuid:duty_id>/xac-nhan/", duties.acknowledge, name="acknowledge"),
]
