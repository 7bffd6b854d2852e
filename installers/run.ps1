# The twin of `run` for Windows: installs what Dockmark needs and is not there yet, then starts it.
# Everything after the name goes to `dockmark`. Nothing here touches the network when all is in place.
$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
$venv = Join-Path $root '.venv'
$python = Join-Path $venv 'Scripts\python.exe'
$stamp = Join-Path $venv 'stamp.run'

function Stop-Saying([string] $words) {
    [Console]::Error.WriteLine($words)
    exit 1
}

# The words that start a Python new enough: its name, and perhaps which version the launcher shall take.
function Find-Python {
    foreach ($words in @(@('py', '-3'), @('python'), @('python3'))) {
        if (-not (Get-Command $words[0] -ErrorAction SilentlyContinue)) { continue }
        $more = @($words | Select-Object -Skip 1) + @('-c', 'import sys; sys.exit(sys.version_info < (3, 11))')
        & $words[0] @more
        if ($LASTEXITCODE -eq 0) { return ,$words }
    }
    Stop-Saying 'Dockmark needs Python 3.11 or newer. Install it from python.org and start this again.'
}

# For which Python, place and list of libraries .venv was made.
function Get-House {
    if (-not (Test-Path $python)) { return '' }
    $version = & $python -c 'import sys; print(*sys.version_info[:2])'
    $list = (Get-FileHash (Join-Path $root 'pyproject.toml')).Hash
    return "$version $root $list"
}

# A stamp is the last thing that a finished installation writes: without one, .venv is made anew.
if (-not (Test-Path $stamp) -or (Get-Content -Raw $stamp).Trim() -ne (Get-House)) {
    $words = Find-Python
    $more = @($words | Select-Object -Skip 1) + @('-m', 'venv', $venv)
    [Console]::Error.WriteLine("Installing Dockmark's libraries into $venv (about 250 MB, once) ...")
    if (Test-Path $venv) { Remove-Item -Recurse -Force $venv }
    & $words[0] @more
    if ($LASTEXITCODE -ne 0) { Stop-Saying "Python could not make $venv." }
    & $python -m pip install --quiet --disable-pip-version-check --no-input -e $root
    if ($LASTEXITCODE -ne 0) { Stop-Saying 'The libraries could not be installed. The first start needs the network.' }
    Set-Content -Encoding utf8 -Path $stamp -Value (Get-House)
}

& (Join-Path $venv 'Scripts\dockmark.exe') @args
exit $LASTEXITCODE
