"""`python -m diemtua …` is the same as `diemtua …`."""

from diemtua.site.command import main

main()
