#!/bin/sh
# 在本用户的应用程序菜单和桌面上添加“督察整改台账”。不需要管理员权限；移动程序文件夹后请再运行一次。
here=$(cd "$(dirname "$0")" && pwd)
entry="[Desktop Entry]
Type=Application
Name=督察整改台账
Comment=生态环境保护督察整改问题的单机台账
Exec=\"$here/@NAME@\"
Icon=$here/@NAME@.png
Terminal=false
Categories=Office;
StartupWMClass=@NAME@"
desktop=$(xdg-user-dir DESKTOP 2>/dev/null || echo "$HOME/Desktop")
for folder in "${XDG_DATA_HOME:-$HOME/.local/share}/applications" "$desktop"; do
    if [ "$folder" = "$desktop" ] && [ ! -d "$folder" ]; then
        continue
    fi
    mkdir -p "$folder"
    printf '%s\n' "$entry" > "$folder/@NAME@.desktop"
    chmod +x "$folder/@NAME@.desktop"
    echo "已添加：$folder/@NAME@.desktop"
done
