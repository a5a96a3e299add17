# Above stand the values of one job. Everything below is the same for every job.
#   sh job.sh clone   brings the repository, by way of a mirror that the jobs of one repository share
#   sh job.sh build   configures, compiles and collects
# The job's folder holds source, build and artifacts.
set -eu
here=$PWD
job=$here/job
[ -z "$WORKSPACE_ROOT" ] || job=$WORKSPACE_ROOT/job-$BUILDFUNCTIONS_RUN
tree=$job/source
artifacts=$job/artifacts
case $BUILD_DIRECTORY in '') out=$job/build ;; /*) out=$BUILD_DIRECTORY ;; *) out=$job/$BUILD_DIRECTORY ;; esac

say() { printf '== %s\n' "$*"; }

git_() { git -c protocol.ext.allow=never -c core.hooksPath=/dev/null -c advice.detachedHead=false "$@"; }

# One job at a time writes the mirror; a lock whose holder has died is free.
fetch() {
  export GIT_TERMINAL_PROMPT=0
  mirrors=$BUILDFUNCTIONS_ROOT/mirrors/$APP
  mirror=$mirrors/mirror.git
  mkdir -p "$mirrors"
  touch "$mirrors"
  exec 9>"$mirrors/lock"
  flock 9
  if [ ! -d "$mirror" ]; then
    rm -rf "$mirrors/new"
    git_ init --quiet --bare "$mirrors/new"
    mv -T "$mirrors/new" "$mirror"
  fi
  # Nobody else writes here now: git's own locks are of a job that was killed.
  find "$mirror" -name '*.lock' -type f -exec rm -f {} +
  set -- --quiet --no-tags --force
  if [ "$DEPTH" -gt 0 ]; then set -- "$@" --depth="$DEPTH"; elif [ -f "$mirror/shallow" ]; then set -- "$@" --unshallow; fi
  wanted=${COMMIT:-${REFERENCE:-HEAD}}
  if [ -n "$COMMIT" ] && git_ -C "$mirror" cat-file -e "$COMMIT^{commit}" 2>/dev/null; then
    say "The commit is in the mirror already"
  else
    # Not every server gives a commit by its id; those that do not give the branch.
    git_ -C "$mirror" fetch "$@" -- "$REPOSITORY" "$wanted" || { [ -n "$COMMIT" ] && git_ -C "$mirror" fetch --quiet --no-tags --force -- "$REPOSITORY" "${REFERENCE:-HEAD}"; }
  fi
  commit=${COMMIT:-$(git_ -C "$mirror" rev-parse FETCH_HEAD)}
  # What is not reachable from a name may be swept from the mirror while this job uses it.
  git_ -C "$mirror" update-ref "refs/jobs/$commit" "$commit"
  exec 9>&-
}

clone() {
  say "Cloning $REPOSITORY"
  mkdir -p "$job"
  fetch
  git_ init --quiet "$tree"
  echo "$mirror/objects" >"$tree/.git/objects/info/alternates"
  [ ! -f "$mirror/shallow" ] || cp "$mirror/shallow" "$tree/.git/shallow"
  git_ -C "$tree" checkout --quiet --detach "$commit"
  if [ -n "$SUBMODULES" ]; then
    git_ -C "$tree" remote add origin "$REPOSITORY"
    set -- --quiet --init --recursive
    [ "$DEPTH" -eq 0 ] || set -- "$@" --depth="$DEPTH"
    git_ -C "$tree" submodule update "$@"
  fi
  say "Commit $commit"
}

make_it() {
  make -C "$tree" "O=$out" ${KERNEL_ARCH:+"ARCH=$KERNEL_ARCH"} ${cross:+"CROSS_COMPILE=$cross"} "$@"
}

# The compiler's prefix where this machine is another one, unless the job's own variables have one.
choose_compiler() {
  cross=${CROSS_COMPILE-}
  [ -n "$cross" ] || [ -z "$MACHINE" ] || [ "$MACHINE" = "$(uname -m)" ] || cross=$PREFIX
}

configure() {
  [ -n "$CONFIG" ] || return 0
  say "Configuring: $CONFIG"
  mkdir -p "$out"
  if [ -n "$INLINE" ]; then
    cp "$here/$CONFIG" "$out/.config"
  elif [ -f "$tree/$CONFIG" ]; then
    cp "$tree/$CONFIG" "$out/.config"
  else
    more_arguments "$CONFIG"
    return 0
  fi
  more_arguments olddefconfig
}

# Whether the tree's own make knows a target.
knows() { make_it -n "$1" >/dev/null 2>&1; }

compile() {
  mkdir -p "$out"
  jobs=-j$(nproc)
  say "Compiling"
  more_arguments "$jobs"
  if [ -n "$MODULES" ] && { [ ! -f "$out/.config" ] || grep -q '^CONFIG_MODULES=y' "$out/.config"; } && knows modules; then
    say "Modules"
    more_arguments "$jobs" modules
  fi
  if [ -n "$DTBS" ] && knows dtbs; then
    say "Device trees"
    more_arguments "$jobs" dtbs
  fi
}

# Each file once, by its name alone where no other has it; modules and device trees have folders of their own.
take() {
  case $1 in *.ko) into=$artifacts/modules ;; *.dtb) into=$artifacts/dtbs ;; *) into=$artifacts ;; esac
  target=$into/${1##*/}
  if [ -e "$target" ] && ! cmp -s "$1" "$target"; then target=$into/$1; fi
  mkdir -p "$(dirname "$target")"
  cp "$1" "$target"
}

collect() {
  say "Collecting"
  mkdir -p "$artifacts"
  for from in "$out" "$tree"; do
    [ -d "$from" ] || continue
    cd "$from"
    printf '%s\n' "$PATTERNS" | while IFS= read -r expression; do
      [ -n "$expression" ] || continue
      find . -regextype posix-extended -path ./.git -prune -o -type f -regex "$expression" -print
    done | LC_ALL=C sort -u | while IFS= read -r file; do take "${file#./}"; done
  done
  cd "$here"
  (cd "$artifacts" && find . -type f | LC_ALL=C sort | sed 's#^\./##')
  if [ -n "$OUTPUT_DIRECTORY" ]; then
    mkdir -p "$OUTPUT_DIRECTORY/$BUILDFUNCTIONS_RUN"
    cp -R "$artifacts/." "$OUTPUT_DIRECTORY/$BUILDFUNCTIONS_RUN/"
  fi
  if [ "$job" != "$here/job" ]; then
    mkdir -p "$here/job/artifacts"
    cp -R "$artifacts/." "$here/job/artifacts/"
  fi
}

case ${1-} in
  clone) clone ;;
  build)
    choose_compiler
    if [ -n "$COMMAND" ]; then
      mkdir -p "$out"
      (cd "$tree" && export "O=$out" "ARCH=$KERNEL_ARCH" "CROSS_COMPILE=$cross" && sh -ec "$COMMAND")
    else
      configure
      compile
    fi
    collect
    ;;
  *) echo "usage: job.sh clone | build" >&2; exit 64 ;;
esac
