#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that tell a desktop of the program agree with each other, and with what there is.
Usage: identity.py APP_ID VERSION METAINFO DESKTOP_FILE MIME_FILE MANIFEST DATA_FOLDER ICON_FOLDER"""

import configparser
import pathlib
import re
import struct
import sys
import xml.etree.ElementTree as xml

MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"

# Of a Flatpak: to show a window. Neither network nor folders.
NEEDED_RIGHTS = {"--socket=wayland", "--socket=fallback-x11", "--share=ipc", "--device=dri"}


def read_png_size(path):
    return struct.unpack(">2I", path.read_bytes()[16:24])


def check_metainfo(metainfo, app_id, version, desktop, screenshots):
    assert metainfo.findtext("id") == app_id
    assert metainfo.findtext("launchable") == f"{app_id}.desktop"
    assert metainfo.findtext("name") == desktop["Name"]
    assert metainfo.findtext("summary") == desktop["Comment"]
    assert {category.text for category in metainfo.find("categories")} == set(
        desktop["Categories"].strip(";").split(";"))
    assert metainfo.find("releases/release").get("version") == version

    shown = metainfo.findall("screenshots/screenshot/image")
    for image in shown:
        size = read_png_size(screenshots / image.text.rsplit("/", 1)[1])
        assert size == (int(image.get("width")), int(image.get("height"))), (image.text, size)
    assert len(shown) == len(list(screenshots.glob("*.png")))


def main():
    app_id, version, *paths = sys.argv[1:]
    metainfo_file, desktop_file, mime_file, manifest, data, icons = map(pathlib.Path, paths)
    parser = configparser.ConfigParser(interpolation=None, delimiters="=")
    parser.read(desktop_file, encoding="utf-8")
    desktop = parser["Desktop Entry"]
    metainfo = xml.parse(metainfo_file).getroot()

    assert desktop_file.stem == app_id
    check_metainfo(metainfo, app_id, version, desktop, data / "screenshots")

    types = {element.get("type") for element in xml.parse(mime_file).iter(MIME + "mime-type")}
    assert types == {element.text for element in metainfo.iter("mediatype")}
    assert types <= set(desktop["MimeType"].split(";"))

    rights = re.findall(r"^  - (--\S+)$", manifest.read_text(encoding="utf-8"), re.MULTILINE)
    assert manifest.stem == app_id
    assert set(rights) == NEEDED_RIGHTS, rights

    assert desktop["Icon"] == app_id
    for name in (app_id, f"{app_id}-symbolic"):
        assert (icons / f"{name}.svg").is_file(), name
    schema = xml.parse(data / f"{app_id}.gschema.xml").find("schema")
    assert schema.get("id") == app_id
    assert schema.get("path") == f"/{app_id.replace('.', '/')}/"


if __name__ == "__main__":
    main()
