# Completion for bash: source tools/completion/secrets.bash (or link it into /etc/bash_completion.d)
# The program itself says what can follow, so this never lags behind it.
_secrets() {
    local line=${COMP_LINE:0:COMP_POINT} words
    local program=${COMP_WORDS[0]/#\~/$HOME}
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="up down relay "
    fi
    # without the program's own name, as the program counts
    line=${line#"${COMP_WORDS[0]}"}
    line=${line# }
    case ${COMP_WORDS[1]-} in
        up | down | relay) words="--detach --listen --listen-tcp --data --config --help" ;;
        *) words+=$("$program" "[suggest:${#line}]" "$line" 2>/dev/null | grep -v '^/' | tr '\n' ' ') ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
    case ${COMP_WORDS[COMP_CWORD - 1]} in
        --store | --data) mapfile -t COMPREPLY < <(compgen -d -- "${COMP_WORDS[COMP_CWORD]}") ;;
        --password-file | --config | import | export) mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}") ;;
    esac
}
complete -o bashdefault -F _secrets secrets ./secrets
