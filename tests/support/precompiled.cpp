// Empty on purpose: CMake writes a precompiled header while it generates a source that uses it, and main.cpp
// does not. Without this one the first configuration of a fresh tree fails.
