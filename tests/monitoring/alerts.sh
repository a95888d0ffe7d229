#!/usr/bin/env bash
# The alerts are well formed, fire and don't fire as tests.yml says, each in both ways, and each has its paragraph in the
# README. Without promtool nothing is judged, exit code 77. Usage: alerts.sh FOLDER
set -euo pipefail
cd "$1"
if ! command -v promtool >/dev/null; then
    echo "not judged, for promtool is missing: it is in the Debian package prometheus"
    exit 77
fi
promtool check rules alerts.yml
promtool test rules tests.yml

failed=0
complain() {
    echo "$1" >&2
    failed=1
}
mapfile -t alerts < <(sed -n 's/^ *- alert: //p' alerts.yml)
[ ${#alerts[@]} -gt 0 ] || complain "alerts.yml has no alert"
for alert in "${alerts[@]}"; do
    grep -q "alertname: $alert, exp_alerts: \[\]" tests.yml || complain "tests.yml doesn't show when $alert is silent"
    grep -qx " *alertname: $alert" tests.yml || complain "tests.yml doesn't show when $alert fires"
    grep -qx "### $alert" README.md || complain "README.md says nothing of $alert"
    grep -qx " *runbook_url: docs/monitoring/README.md#${alert,,}" alerts.yml || complain "$alert doesn't lead to its paragraph"
done
while read -r heading; do
    [[ " ${alerts[*]} " == *" $heading "* ]] || complain "README.md speaks of $heading, which is no alert"
done < <(sed -n 's/^### //p' README.md)
exit $failed
