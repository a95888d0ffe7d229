#include <iostream>
#include <string>
#include <vector>

#include "gateway/serve.h"
#include "plugins/probe.h"

int main(int argc, char** argv) {
    const std::vector<std::string> a(argv + 1, argv + argc);
    if (a.size() == 3 && a[0] == "serve") return jackgw::gateway::serve(a[2]);
    if (a.size() == 3 && a[0] == "check") return jackgw::gateway::check(a[2]);
    if (a.size() == 3 && a[0] == "plugin" && a[1] == "probe") return jackgw::plugins::run_probe(a[2]);
    if (a.size() == 3 && a[0] == "plugin" && a[1] == "check") return jackgw::gateway::check_plugin(a[2]);
    return 2;
}
