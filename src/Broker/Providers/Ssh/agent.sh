# What the broker does on a build server, one verb at a time; sent with each command, so that nothing of it is kept where a build could change it.
#   sh -c SCRIPT bf VERB ROOT RUN …
# A block of an answer is its name, its length, and so many bytes.
set -u
umask 077
LC_ALL=C
export LC_ALL
verb=$1 root=$2 run=${3-}
runs=$root/runs
here=$runs/$run
control=$here/control

block() { printf '%s %s\n%s\n' "$1" "${#2}" "$2"; }

# The beginning of a plain file; a build may have put a link, a pipe or gigabytes in its place.
text() { [ ! -L "$1" ] && [ -f "$1" ] && head -c 65536 "$1" 2>/dev/null | tr -d '\000'; }

size() { if [ ! -L "$1" ] && [ -f "$1" ]; then wc -c <"$1" 2>/dev/null || echo 0; else echo 0; fi; }

fail() { echo "$2" >&2; exit "$1"; }

# The folder is this user's alone: others of the machine could else put their runs into it.
own() {
  mkdir -p "$runs" 2>/dev/null || fail 71 "The workspace cannot be made."
  if [ -L "$root" ] || [ ! -O "$root" ] || [ ! -O "$runs" ]; then fail 71 "The workspace belongs to somebody else."; fi
  chmod 700 "$root" "$runs"
}

kills() { sed -n 's/^oom_kill //p' /proc/vmstat 2>/dev/null; }

# Starts the harness unless it was started; the harness itself lets only one run through.
launch() {
  if [ ! -e "$control/pid" ]; then
    set --
    for name in HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR; do
      eval "value=\${$name-}"
      [ -z "$value" ] || set -- "$@" "$name=$value"
    done
    cd "$here" || exit 72
    env -i PATH="$PATH" HOME="$HOME" BUILDFUNCTIONS_RUN="$run" BUILDFUNCTIONS_ROOT="$root" "$@" /bin/sh "$control/build.sh" start </dev/null >/dev/null 2>&1
  fi
  block started yes
}

# The run's processes, also those that left its session: they carry its mark or stand in its folder.
processes() {
  {
    grep -lzxF "BUILDFUNCTIONS_RUN=$run" /proc/[0-9]*/environ
    find /proc/[0-9]*/cwd -maxdepth 0 \( -lname "$here" -o -lname "$here/*" \)
  } 2>/dev/null | cut -d/ -f3 | sort -u | while read -r pid; do
    read -r stat <"/proc/$pid/stat" || continue
    case ${stat##*) } in [ZX]*) ;; *) [ "$pid" = "$$" ] || echo "$pid" ;; esac
  done 2>/dev/null
}

# A process may fork between the look and the signal.
end() {
  round=0
  while [ "$round" -lt 50 ]; do
    left=$(processes)
    [ -n "$left" ] || return 0
    kill -KILL $left 2>/dev/null
    round=$((round + 1))
    sleep 0.05 2>/dev/null || sleep 1
  done
  return 1
}

# A container that the run's command has left; its engine's daemon is no process of the run.
uncontain() {
  case $(text "$control/engine") in
    docker) docker rm --force "bf-$run" ;;
    podman) podman rm --force "bf-$run" ;;
    buildah) buildah rm "bf-$run" ;;
  esac >/dev/null 2>&1
  return 0
}

# Whether the process that the run's own file names is the run's, of this boot.
alive() {
  set -- $(text "$control/pid")
  [ $# -eq 3 ] || return 1
  case $1$2 in *[!0-9]*) return 1 ;; esac
  [ "$3" = "$(cat /proc/sys/kernel/random/boot_id)" ] || return 1
  read -r stat <"/proc/$1/stat" || return 1
  pid=$1 started=$2
  set -- ${stat##*) }
  case $1 in [ZX]) return 1 ;; esac
  [ "${20}" = "$started" ] && grep -qzxF "BUILDFUNCTIONS_RUN=$run" "/proc/$pid/environ"
} 2>/dev/null

rebooted() {
  set -- $(text "$control/pid")
  [ $# -eq 3 ] && [ "$3" != "$(cat /proc/sys/kernel/random/boot_id)" ]
}

# The folder of a job whose workspace is elsewhere; nothing but a folder of that job's name is ever removed there.
elsewhere() {
  place=$(text "$control/workspace")
  case $place in /*/job-"$run") echo "$place" ;; esac
}

remove() {
  [ -d "$1" ] || return 0
  rm -rf "$1" 2>/dev/null
  [ ! -e "$1" ] || { chmod -R u+rwX "$1" 2>/dev/null; rm -rf "$1"; }
}

adopt() { if [ -d "$here" ]; then launch; else block absent yes; fi; }

begin() {
  digest=$4
  own
  draft=$runs/.draft-$run-$$
  trap 'rm -rf "$draft"; silent' EXIT
  mkdir "$draft" "$draft/source" "$draft/control" || fail 72 "The workspace cannot be made."
  tar -xf - -C "$draft" || fail 73 "The source did not arrive whole, or there is no room for it."
  sum=$(sha256sum <"$draft/source.tar.gz")
  [ "${sum%% *}" = "$digest" ] || fail 74 "The source did not arrive as it was sent."
  tar -xzf "$draft/source.tar.gz" -C "$draft/source" || fail 73 "The source cannot be unpacked, or there is no room for it."
  rm -f "$draft/source.tar.gz"
  kills >"$draft/control/oom"
  cache=$(text "$draft/control/cache")
  [ -z "$cache" ] || { mkdir -p "$cache" && touch "$cache"; }
  # Of two starts of one attempt the first is adopted by the second.
  mv -T "$draft" "$here" 2>/dev/null || [ -d "$here" ] || fail 75 "The workspace cannot be put in its place."
  launch
}

poll() {
  offset=$4 most=$5
  if [ ! -d "$control" ]; then block absent yes; return; fi
  # Alive is asked before the result: a run that ends in between has its result by then. The log comes last, so that it is whole where there is a result.
  alive && block alive yes
  rebooted && block rebooted yes
  [ -e "$control/pid" ] && block begun yes
  result=$(text "$control/result")
  [ -z "$result" ] || block result "$result"
  [ -e "$control/cancel" ] && block cancel yes
  block age "$(($(date +%s) - $(stat -c %Y "$control")))"
  block memory "$(text "$control/oom") $(kills)"
  block room "$(df -Pk "$here" | sed -n '2s/^[^ ]* *[^ ]* *[^ ]* *\([0-9]*\).*/\1/p') $(df -Pi "$here" | sed -n '2s/^[^ ]* *[^ ]* *[^ ]* *\([0-9]*\).*/\1/p')"
  total=$(size "$control/log")
  steps=$(text "$control/steps")
  [ -z "$steps" ] || block steps "$steps"
  length=$((total - offset))
  [ "$length" -gt 0 ] || length=0
  [ "$length" -le "$most" ] || length=$most
  block total "$total"
  printf 'log %s\n' "$length"
  [ "$length" -eq 0 ] || tail -c "+$((offset + 1))" "$control/log" | head -c "$length"
}

# Until there is more of the log, or an end.
await() {
  offset=$4 turns=$5
  while [ "$turns" -gt 0 ] && [ -d "$control" ] && [ ! -e "$control/result" ] && [ "$(size "$control/log")" -le "$offset" ]; do
    turns=$((turns - 1))
    sleep 0.2 2>/dev/null || { sleep 1; turns=$((turns - 4)); }
  done
}

cancel() {
  if [ ! -d "$here" ] || [ -e "$control/result" ]; then return; fi
  # First the mark: a run that starts just now sees it, and one that dies without a result was cancelled.
  : >"$control/cancel"
  if [ "$4" = force ] || ! alive; then end; uncontain; return; fi
  set -- $(text "$control/pid")
  kill -TERM "$1"
}

clean() {
  end || fail 76 "Processes of the run cannot be ended."
  uncontain
  place=$(elsewhere)
  # Under another name first: half a run would be taken for a lost one.
  if [ -d "$here" ]; then
    if [ -e "$control/keep" ]; then
      mkdir -p "$root/kept" && rm -rf "$control/env.sh" "$control/inside.sh" "$control/variables" && mv -T "$here" "$root/kept/$run" && return
    fi
    mv -T "$here" "$runs/.trash-$run-$$"
  fi
  [ -z "$place" ] || remove "$place"
  for half in "$runs"/.*-"$run"-*; do remove "$half"; done
  [ ! -e "$here" ] || fail 76 "The run's folder cannot be removed."
}

list() {
  mark=$3
  for here in "$runs"/bld_*; do
    control=$here/control
    [ "$(text "$control/broker")" = "$mark" ] || continue
    ended=no
    [ ! -e "$control/result" ] || ended=yes
    echo "${here##*/} $ended $(stat -c %Y "$control")"
  done | head -n 5000
}

tidy() {
  minutes=$3 budget=$4
  find "$runs" -mindepth 1 -maxdepth 1 -name '.*' -mmin "+$minutes" 2>/dev/null | head -n 1000 | while read -r half; do remove "$half"; done
  # What apps and repositories have left for their next builds, the longest unused first, until the rest is within its budget.
  used() { du -sk "$root/caches" "$root/mirrors" 2>/dev/null | awk '{ sum += $1 } END { print sum + 0 }'; }
  find "$root/caches" "$root/mirrors" -mindepth 1 -maxdepth 1 -type d -mmin "+$minutes" -printf '%T@ %p\n' 2>/dev/null | sort -n | while read -r time folder; do
    [ "$(used)" -gt "$budget" ] || break
    remove "$folder"
  done
}

artifact() {
  [ ! -L "$control/artifact.tar.gz" ] && [ -f "$control/artifact.tar.gz" ] || { block absent yes; return; }
  block size "$(size "$control/artifact.tar.gz")"
  sum=$(text "$control/sha256")
  block sha256 "${sum%% *}"
}

# What works for long without a word would be taken for a line that is dead.
beat=
heard() {
  (while sleep 10 </dev/null >/dev/null 2>&1; do echo >&2; done) </dev/null >/dev/null &
  beat=$!
  trap silent EXIT
}
silent() { [ -z "$beat" ] || kill "$beat" 2>/dev/null; }

case $verb in begin | clean | tidy) heard ;; esac
case $verb in adopt | begin | poll | await | cancel | clean | list | tidy | artifact) "$verb" "$@" ;; *) exit 64 ;; esac
exit 0
