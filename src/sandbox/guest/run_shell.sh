# Runs one script as `bash script arguments` would, with each command it is about to run written to a channel of its own.
# Standard input's first line is the run's nonce; behind it stands `input` where the script gets the lines that follow. Each command comes
# with where the shell is: its process, how many functions deep, and in which. Runs inside a sandbox only.
read -r nonce input
# Bash closes its own channel in the programs it starts; theirs is another.
exec 8>&1 9>&1 1>&2
[ -n "$input" ] || exec </dev/null
unset input
PATH=$PATH:${0%/*}/names
[ -z "$SBX_QUICK" ] || PATH=$SBX_QUICK:$PATH
export BASH_XTRACEFD=9 PS4="+$nonce+"'$BASHPID:${#FUNCNAME[@]}:${FUNCNAME[0]-}+ '
exec bash -x "$@"
