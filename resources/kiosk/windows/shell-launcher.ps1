# Windows 10/11 Enterprise or Education, as administrator: for one account the station takes the place of the desktop (Shell Launcher v1).
# Written from Microsoft's documentation and never run by us: try it on a computer that you can set up anew.
param([Parameter(Mandatory)][string]$Account, [string]$Program = 'C:\Program Files\Wardkey\Wardkey.exe')
$ErrorActionPreference = 'Stop'
Enable-WindowsOptionalFeature -Online -NoRestart -FeatureName Client-EmbeddedShellLauncher -All | Out-Null
$sid = (New-Object Security.Principal.NTAccount($Account)).Translate([Security.Principal.SecurityIdentifier]).Value
$shell = [wmiclass]'\\localhost\root\standardcimv2\embedded:WESL_UserSetting'
# 0 starts the shell again, 1 restarts the computer, 2 shuts it down, 3 does nothing.
$restart = 0
# Everybody else keeps the desktop: without this, nobody could mend anything.
$shell.SetDefaultShell('explorer.exe', $restart) | Out-Null
$shell.SetCustomShell($sid, """$Program""", $null, $null, $restart) | Out-Null
$shell.SetEnabled($true) | Out-Null
