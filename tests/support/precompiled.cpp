// Carries the precompiled header that the test programs share: main.cpp can't, since it has Catch2's definitions compiled in.
