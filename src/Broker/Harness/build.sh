# Above stand the values of one plan. Everything below is the same for every run.
#   sh build.sh start   starts the run in a session of its own, if it was not started before, and returns
#   sh build.sh run     runs here
# The folder of this script holds the run: log, steps (name, offset in the log, time), pid (pid, start time, boot id), heartbeat,
# artifact.tar.gz, and at the end result. The caller gives a clean environment; env.sh is read once and removed.
# Where the plan names a user, whatever comes from the build runs as that one, and can reach nothing in this folder.
set -u
umask 077
case $0 in /*) control=${0%/*} ;; *) control=$PWD/${0%/*} ;; esac
run=${control%/*}
source=$run/source
cache=${CACHE:-$run/cache}
log=$control/log
child='' watch='' ended='' why='' step=start paths='' own='' bare='' wide='' found=''

if [ "${1-}" = start ]; then
  [ -e "$control/pid" ] && exit 0
  if command -v setsid >/dev/null 2>&1; then
    setsid /bin/sh "$0" run </dev/null >>"$log" 2>&1 &
  else
    set -m
    nohup /bin/sh "$0" run </dev/null >>"$log" 2>&1 &
  fi
  exit 0
fi
[ "${1-}" = run ] || { echo "usage: build.sh start | run" >&2; exit 64; }

# A link is made whole or not at all, and once: of two starts one goes on.
started=0 boot=-
if read -r stat 2>/dev/null <"/proc/$$/stat"; then
  set -- ${stat##*) }
  started=${20}
  read -r boot </proc/sys/kernel/random/boot_id
fi
echo "$$ $started $boot" >"$control/pid.$$"
if ! ln "$control/pid.$$" "$control/pid" 2>/dev/null; then
  rm -f "$control/pid.$$"
  exit 0
fi
rm -f "$control/pid.$$"

# The build's variables are text here: what they tell a linker or a shell must reach nobody but the build.
variables='build_env() { :; }'
if [ -r "$control/env.sh" ]; then
  variables=$(cat "$control/env.sh")
  rm -f "$control/env.sh"
fi
nicely=$(command -v nice) || nicely=''
session=$(command -v setsid) || session=''
switch=$(command -v setpriv) || switch=''

say() { printf '%s\n' "$*"; }
nap() { sleep 0.1 2>/dev/null || sleep 1; }

end_group() {
  kill -TERM "-$1" 2>/dev/null || return 0
  turn=0
  while [ "$turn" -lt "$((GRACE * 10))" ] && kill -0 "-$1" 2>/dev/null; do
    turn=$((turn + 1))
    nap
  done
  kill -KILL "-$1" 2>/dev/null
}

stop() {
  [ -z "$ended" ] || return 0
  ended=$1 why=$2
  [ -z "$child" ] || end_group "$child"
}

finish() {
  trap '' TERM INT HUP USR1 USR2
  [ -z "$watch" ] || kill "$watch" 2>/dev/null
  report "$1"
  printf 'state=%s\nexit=%s\nstep=%s\nfinished=%s\noutput=%s\nreason=%s\n' \
    "$1" "$2" "$step" "$(date +%s)" "$found" "$3" >"$control/result.part"
  mv "$control/result.part" "$control/result"
  exit "$2"
}

fail() {
  [ -z "$ended" ] || finish "$ended" "$1" "$why"
  say "$2"
  finish failed "$1" "$2"
}

report() {
  [ -n "$CALLBACK" ] || return 0
  [ "$1" = succeeded ] && sent=success || sent=failed
  set -- -sS --fail --retry 5 --retry-connrefused --max-time 300 -o /dev/null -H "X-Build-ID: $BUILD" -H "X-Build-Status: $sent"
  # The token goes through a file: arguments can be read by every process of the machine.
  [ ! -s "$control/authorization" ] || set -- "$@" -H "@$control/authorization"
  if [ "$sent" = success ]; then
    set -- "$@" -F "artifact=@$control/artifact.tar.gz;type=application/gzip"
  else
    set -- "$@" -X POST
  fi
  curl "$@" "$CALLBACK" || say "The result could not be sent; the broker will ask for it."
}

begin() {
  step=$1
  echo "$1 $(wc -c <"$log") $(date +%s)" >>"$control/steps"
}

limits() {
  ulimit -c 0
  [ -z "$LIMIT_FILE" ] || ulimit -f "$LIMIT_FILE"
  [ -z "$LIMIT_MEMORY" ] || ulimit -v "$LIMIT_MEMORY"
  [ -z "$LIMIT_CPU" ] || ulimit -t "$LIMIT_CPU"
} 2>/dev/null

# Becomes a command of the build's: in $place, with its variables, limits and user. With $bare it gets no variables, with $own it is one of this script's.
theirs() {
  [ -n "$wide" ] || limits
  environment
  if [ -z "$own" ]; then
    if [ -n "$bare" ]; then
      set -- /bin/sh -c 'cd "$0" && exec "$@"' "$place" "$@"
    else
      set -- /bin/sh -c 'eval "$(cat <&3)"; exec 3<&-; build_env; cd "$0" && exec "$@"' "$place" "$@"
    fi
    if [ -n "$USER_ID" ]; then
      umask 002
      set -- "$switch" --reuid "$USER_ID" --regid "$GROUP_ID" --clear-groups --no-new-privs "$@"
    fi
  fi
  [ -z "${alone-}" ] || set -- "$alone" "$@"
  [ -z "$nicely" ] || set -- "$nicely" -n "$NICE" "$@"
  [ -z "$own$bare" ] || exec "$@"
  exec "$@" 3<<END
$variables
END
}

# Ends whatever has the build's user, wherever it went.
end_user() {
  [ -z "$USER_ID" ] || "$switch" --reuid "$USER_ID" --regid "$GROUP_ID" --clear-groups /bin/sh -c 'kill -KILL -1' 2>/dev/null
}

# In a session of its own, so that everything a step started can be ended and this script stays.
apart() {
  if [ -n "$session" ]; then
    (alone=$session; theirs "$@") &
  else
    set -m
    (theirs "$@") &
    set +m
  fi
  child=$!
  # A signal may have come before the child had its number.
  [ -z "$ended" ] || end_group "$child"
  while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2>/dev/null || break
  done
  end_group "$child"
  end_user
  child=''
  [ -z "$ended" ] || finish "$ended" "$code" "$why"
  return "$code"
}

# A short command of the build's user in a folder, for what may meet the build's own links and programs.
within() { (bare=yes place=$1; shift; theirs "$@"); }

perform() {
  say "\$ $1"
  place=$work
  apart /bin/sh -c "$1"
}

environment() {
  HOME=$run/home TMPDIR=$run/tmp LANG=C.UTF-8 CI=true BUILDFUNCTIONS_RUN=$RUN
  XDG_CACHE_HOME=$cache/xdg COREPACK_HOME=$cache/corepack COREPACK_ENABLE_DOWNLOAD_PROMPT=0
  npm_config_cache=$cache/npm npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false
  YARN_CACHE_FOLDER=$cache/yarn YARN_GLOBAL_FOLDER=$cache/berry YARN_ENABLE_TELEMETRY=0
  BUN_INSTALL_CACHE_DIR=$cache/bun
  export PATH HOME TMPDIR LANG CI BUILDFUNCTIONS_RUN XDG_CACHE_HOME COREPACK_HOME COREPACK_ENABLE_DOWNLOAD_PROMPT npm_config_cache \
    npm_config_update_notifier npm_config_fund npm_config_audit YARN_CACHE_FOLDER YARN_GLOBAL_FOLDER \
    YARN_ENABLE_TELEMETRY BUN_INSTALL_CACHE_DIR
  # npm warns of a setting that it does not know.
  case $MANAGER in pnpm*) export npm_config_store_dir="$cache/pnpm" ;; esac
  PATH=$paths$PATH
}

# Ends the run at its deadline, or when it fills the disk, even when the broker is gone.
watch() {
  trap 'kill "$pause" 2>/dev/null; exit 0' TERM
  now=$(date +%s)
  deadline=$((now + TIMEOUT)) measured=$now
  while kill -0 "$$" 2>/dev/null; do
    echo "$now" >"$control/heartbeat"
    [ "$now" -lt "$deadline" ] || { kill -USR1 "$$"; deadline=$((now + 60)); }
    if [ "$LIMIT_DISK" -gt 0 ] && [ "$((now - measured))" -ge 15 ]; then
      used=$(du -sk "$run" 2>/dev/null)
      [ "${used%%[!0-9]*}" -le "$LIMIT_DISK" ] || kill -USR2 "$$"
      measured=$now
    fi
    left=$((deadline - now))
    [ "$left" -lt 5 ] || left=5
    sleep "$left" &
    pause=$!
    wait "$pause"
    now=$(date +%s)
  done
}

fetch() {
  begin source
  say "Fetching the source"
  set -- -sS --fail --location --retry 5 --retry-connrefused --max-time 300
  [ ! -s "$control/authorization" ] || set -- "$@" -H "@$control/authorization"
  own=yes
  apart curl "$@" -o "$run/source.tar.gz" "$SOURCE" || fail 1 "The source could not be fetched."
  own=''
  tar -xzf "$run/source.tar.gz" -C "$source" || fail 1 "The source is not a tar.gz archive."
  rm -f "$run/source.tar.gz"
}

# Node.js and a package manager that the host lacks come from the registry, once for all builds of the app.
tool() {
  home=$cache/tools/$1@$2
  if [ ! -d "$home/node_modules/.bin" ]; then
    say "Getting $1 $2"
    within "$cache" mkdir -p "$home.$$"
    place=$run
    apart npm install --silent --no-save --prefix "$home.$$" "$1@$2" || { within "$cache" rm -rf "$home.$$"; return 1; }
    [ -d "$home" ] || within "$cache" mv "$home.$$" "$home"
  fi
  paths=$home/node_modules/.bin:$paths
}

tools() {
  if [ -n "$NODE" ]; then
    have=$(node --version 2>/dev/null)
    have=${have#v}
    if case " ${NODE%%.*} $NODE_ACCEPTED " in *" ${have%%.*} "*) [ -z "$have" ] ;; *) true ;; esac; then
      begin tools
      tool node "$NODE" || say "This host has Node.js ${have:-not at all}, the app asks for $NODE: going on with what there is."
    fi
  fi
  manager=${MANAGER%%@*} version=''
  case $MANAGER in *@*) version=${MANAGER#*@} version=${version%%+*} ;; esac
  case $manager in npm | '') return 0 ;; esac
  have=$(place=$run; theirs "$manager" --version 2>/dev/null)
  case $have in '') ;; "$version" | "$version".*) return 0 ;; *) [ -n "$version" ] || return 0 ;; esac
  [ "$step" = tools ] || begin tools
  # Yarn 2 and later are published under another name.
  package=$manager
  case $manager@$version in yarn@ | yarn@1 | yarn@1.*) ;; yarn@*) package=@yarnpkg/cli-dist ;; esac
  tool "$package" "${version:-latest}" && return 0
  if command -v corepack >/dev/null 2>&1; then
    within "$cache" mkdir -p "$cache/bin"
    (place=$run; theirs corepack enable --install-directory "$cache/bin" "$manager") && paths=$cache/bin:$paths && return 0
  fi
  fail 127 "This build needs $MANAGER, which is neither on this host nor to be had from the registry."
}

install() {
  begin install
  offset=$(wc -c <"$log")
  perform "$INSTALL" && return 0
  code=$?
  case $INSTALL in "npm ci"*) ;; *) fail "$code" "The install step failed: $INSTALL exited with $code." ;; esac
  tail -c "+$((offset + 1))" "$log" | grep -q 'code EUSAGE' || fail "$code" "The install step failed: $INSTALL exited with $code."
  say "package-lock.json does not match package.json, so that npm ci refuses it. Going on with npm install; commit the lockfile it writes."
  perform "npm install${INSTALL#npm ci}" || fail "$?" "The install step failed: npm install exited with $?."
}

# The folders with an index page of their own, without those that tools and tests keep for themselves.
pages() {
  within "$work" find . \( -name node_modules -o -name coverage -o -name playwright-report -o -name test-results \
    -o -name '.[!.]*' ! -name .output ! -name .vercel ! -name .vitepress ! -name .vuepress \) -prune \
    -o -type f -name index.html -print 2>/dev/null | LC_ALL=C grep '^\./.*/index\.html$'
}

# Whether the build made the page of the folder that was guessed. One that came with the source and was not written since is none of its.
guessed() {
  within "$work" test -f "./$OUTPUT/index.html" || return 1
  ! grep -Fxq "./$OUTPUT/index.html" "$control/pages" || [ "$work/$OUTPUT/index.html" -nt "$control/pages" ]
}

# Where the output is a guess and not right, the outermost folder with an index page that was not there before the build is the site.
settle() {
  guessed && return 0
  pages | LC_ALL=C grep -Fxv -f "$control/pages" | sed 's#/index\.html$##; s#^\./##' | LC_ALL=C sort | head -n 1000 >"$control/made"
  least=1000 many='' found=''
  while IFS= read -r folder; do
    rest=${folder#/} depth=1
    while case $rest in */*) true ;; *) false ;; esac; do rest=${rest#*/} depth=$((depth + 1)); done
    if [ "$depth" -lt "$least" ]; then
      least=$depth found=$folder many=''
    elif [ "$depth" -eq "$least" ] && [ "${#many}" -lt 500 ]; then
      many="$many, $folder"
    fi
  done <"$control/made"
  if [ -n "$many" ]; then
    many=$found$many found=''
    [ -d "$work/$OUTPUT" ] ||
      fail 1 "The build made several folders with an index.html: $many. Say which is the site with \"output\" in app.json."
  fi
  [ -n "$found" ] || return 0
  say "The output folder $OUTPUT was a guess. The build made $found, which holds an index.html: that is taken."
  OUTPUT=$found
}

pack() {
  begin pack
  end_user
  [ -z "$GUESS" ] || settle
  say "Packing $OUTPUT"
  out=$work/$OUTPUT
  if [ ! -d "$out" ]; then
    [ -e "$out" ] && fail 1 "The output '$OUTPUT' is a file; a folder is needed."
    fail 1 "The output folder '$OUTPUT' does not exist after the build. There is: $(within "$work" ls -1Ap | grep -v '^node_modules/$' | head -n 40 | tr '\n' ' ')"
  fi
  top=$(cd "$source" && pwd -P)
  case $(within "$out" pwd -P)/ in "$top"/*) ;; *) fail 1 "The output folder '$OUTPUT' leads out of the source." ;; esac
  [ -n "$(within "$out" ls -A | head -n 1)" ] || fail 1 "The output folder '$OUTPUT' is empty after the build."
  set -- --exclude=./.git --exclude=./node_modules
  wide=yes
  # Entries in one order, without owners and times: the same files make the same archive.
  if tar --version 2>/dev/null | grep -q GNU; then
    within "$out" tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner "$@" -cf - .
  else
    within "$out" /bin/sh -c 'find . \( -path ./.git -o -path ./node_modules \) -prune -o ! -type d -print | LC_ALL=C sort | tar -cf - -T -'
  fi >"$run/artifact.tar" || fail 1 "The output could not be packed."
  gzip -6 -n -c "$run/artifact.tar" >"$control/artifact.part" || fail 1 "The output could not be compressed."
  rm -f "$run/artifact.tar"
  size=$(wc -c <"$control/artifact.part")
  [ "$LIMIT_ARTIFACT" -eq 0 ] || [ "$size" -le "$LIMIT_ARTIFACT" ] ||
    fail 1 "The packed output has $((size)) bytes; the limit is $LIMIT_ARTIFACT."
  [ -z "$DIGEST" ] || sha256sum <"$control/artifact.part" >"$control/sha256"
  mv "$control/artifact.part" "$control/artifact.tar.gz"
}

trap 'stop cancelled "The build was cancelled."' TERM INT HUP
trap 'stop timed-out "The build took longer than $TIMEOUT seconds."' USR1
trap 'stop failed "The build used more than $((LIMIT_DISK / 1024)) MiB of disk."' USR2
watch &
watch=$!
[ ! -e "$control/cancel" ] || finish cancelled 143 "The build was cancelled."
mkdir -p "$run/home" "$run/tmp" "$cache" "$source"
[ -z "$SOURCE" ] || fetch
if [ -n "$USER_ID" ]; then
  # Nothing of the build's has run yet. Builds of one app share their cache by its group, whatever each of them made of the modes.
  chmod 711 "$run"
  chown -hR "$USER_ID:$GROUP_ID" "$run/home" "$run/tmp" "$source"
  chown -h "0:$GROUP_ID" "$cache"
  chmod 2770 "$cache"
  find "$cache" -xdev -group "$GROUP_ID" \( -type d ! -perm -2070 -exec chmod g+rwxs {} + -o -type f ! -perm -060 -exec chmod g+rw {} + \)
fi
work=$source${ROOT:+/$ROOT}
[ -d "$work" ] || fail 1 "The source has no folder '$ROOT'."
work=$source${INSTALL_ROOT:+/$INSTALL_ROOT}
[ -d "$work" ] || fail 1 "The source has no folder '$INSTALL_ROOT'."
tools
[ -z "$INSTALL" ] || install
work=$source${ROOT:+/$ROOT}
if [ -n "$GUESS" ]; then
  # The first line stands for no file: an empty list of patterns would be no list.
  { echo /; pages; } >"$control/pages"
fi
if [ -n "$COMMAND" ]; then
  begin build
  perform "$COMMAND" || fail "$?" "The build failed: $COMMAND exited with $?."
fi
pack
[ -z "$ended" ] || finish "$ended" 143 "$why"
finish succeeded 0 ''
