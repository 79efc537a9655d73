# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of its own for one program: X server, buses, window manager, pointer and keyboard.

Widgets are found as a screen reader finds them, over AT-SPI; what is done to them is done with
the pointer and the keyboard, as a person would. GTK 4.8 tells places relative to a window's
content, so the place of the X window is added.
"""

import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import time
import zlib

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib
from Xlib import X, XK, display as xdisplay
from Xlib.ext import xtest
from Xlib.protocol import event as xevent

ATSPI = "org.a11y.atspi."
ROOT = (ATSPI + "Registry", "/org/a11y/atspi/accessible/root")
WINDOW_COORDINATES = 1

# Bits of AtspiStateType.
STATES = {"focusable": 11, "focused": 12, "pressed": 20, "selected": 23, "sensitive": 24}

# As many rows of a list as are looked at: more than fit on the screen, and GTK makes hundreds.
ROWS = 40

# No key bindings, so that every key is the program's; new windows get the focus.
OPENBOX = """<openbox_config xmlns="http://openbox.org/3.4/rc"><focus><focusNew>yes</focusNew></focus>
<placement><policy>Smart</policy><center>yes</center></placement><keyboard/>
<mouse><context name="Client"><mousebind button="Left" action="Press"><action name="Focus"/>
<action name="Raise"/></mousebind></context></mouse></openbox_config>"""

SETTINGS = "[Settings]\ngtk-enable-animations=false\ngtk-cursor-blink=false\n"
MODIFIERS = {"ctrl": XK.XK_Control_L, "shift": XK.XK_Shift_L, "alt": XK.XK_Alt_L}
KEYSYMS = {"/": XK.XK_slash, ".": XK.XK_period, "-": XK.XK_minus, "_": XK.XK_underscore,
           " ": XK.XK_space, "?": XK.XK_question}


# What GTK 4.8 says of its own accord; nothing of it is in our hands.
KNOWN = (
    # A popover opens while its window is being moved or sized: it is on no monitor for a moment.
    "gdk_monitor_get_geometry: assertion 'GDK_IS_MONITOR (monitor)' failed",
    # A button is let go of over another window, or when what was pressed has gone in the meantime.
    "Broken accounting of active state for widget",
    # The file chooser tells of a folder that it cannot read.
    "GtkDialog mapped without a transient parent. This is discouraged.",
    # A widget is drawn in the same moment that it is shown; the next frame has it right.
    "without a current allocation",
    # The file chooser asks its window for the focus when it has none any more.
    "gtk_window_get_focus: assertion 'GTK_IS_WINDOW (window)' failed",
    "gtk_root_get_focus: assertion 'GTK_IS_ROOT (self)' failed",
    # The file chooser compares a folder that it has not; all that we compare are there.
    "g_file_equal: assertion 'G_IS_FILE (file1)' failed",
)


class Failure(Exception):
    pass


class Node:
    """A widget as a screen reader sees it."""

    def __init__(self, desktop, reference, parent):
        self.desktop, self.reference, self.parent = desktop, tuple(reference), parent
        self.name = self.role = ""
        self.children = []

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def window(self):
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def box(self):
        return self.desktop.call(self.reference, "Component", "GetExtents",
                                 GLib.Variant("(u)", (WINDOW_COORDINATES,)))[0]

    def text(self):
        """What it shows: its text if it has one, else its name."""
        try:
            return self.desktop.call(self.reference, "Text", "GetText",
                                     GLib.Variant("(ii)", (0, 2 ** 31 - 1)))[0]
        except GLib.Error:
            return self.name

    def description(self):
        return self.desktop.get(self.reference, "Accessible", "Description")

    def is_sensitive(self):
        return self.desktop.have_states([self], "sensitive")[0]

    def has_focus(self):
        return self.desktop.have_states([self], "focused")[0]

    def is_selected(self):
        return self.desktop.have_states([self], "selected")[0]

    def __str__(self):
        return f'{self.role} "{self.name}"'


class Desktop:
    def __init__(self, command, size=(1280, 800), environment=None, settings=""):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="re3-drive-"))
        self.processes = []
        try:
            self._start(command, size, environment or {}, SETTINGS + settings)
        except BaseException:
            self.stop()
            raise

    # -- life ---------------------------------------------------------------------------------

    def _start(self, command, size, environment, settings):
        home = self.folder / "home"
        for name, text in (("openbox.xml", OPENBOX), ("home/.config/gtk-4.0/settings.ini", settings)):
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (self.folder / "run").mkdir(mode=0o700)
        variables = {key: value for key, value in os.environ.items()
                     if not key.startswith(("GTK_", "GDK_", "XDG_", "WAYLAND", "DBUS_", "AT_SPI"))}
        variables |= {
            "HOME": str(home), "XDG_RUNTIME_DIR": str(self.folder / "run"), "LC_ALL": "C.UTF-8",
            "GSK_RENDERER": "cairo", "GDK_BACKEND": "x11", "GTK_USE_PORTAL": "0",
            "ADW_DISABLE_PORTAL": "1", "GSETTINGS_BACKEND": "memory", "NO_AT_BRIDGE": "0",
        }

        read, write = os.pipe()
        self._spawn("xvfb", ["Xvfb", "-displayfd", str(write), "-nolisten", "tcp", "-screen", "0",
                             f"{size[0]}x{size[1]}x24"], variables, pass_fds=[write])
        os.close(write)
        variables["DISPLAY"] = ":" + self._read_line(read)
        self.screen = xdisplay.Display(variables["DISPLAY"])
        self._spawn("openbox", ["openbox", "--config-file", str(self.folder / "openbox.xml")],
                    variables)

        read, write = os.pipe()
        self._spawn("dbus", ["dbus-daemon", "--session", "--nofork", f"--print-address={write}"],
                    variables, pass_fds=[write])
        os.close(write)
        variables["DBUS_SESSION_BUS_ADDRESS"] = self._read_line(read)
        self.session = self._connect(variables["DBUS_SESSION_BUS_ADDRESS"])
        address = self.session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                         None, None, 0, 10000, None).unpack()[0]
        self.bus = self._connect(address)

        self.command, self.variables = command, variables | environment
        self.restart()

    def restart(self):
        """Starts the program, with the home that it had before."""
        self.program = self._spawn("program", self.command, self.variables)
        self.wait(lambda: self.windows(), "its first window", 30)

    def _spawn(self, name, command, variables, **extra):
        if shutil.which(command[0]) is None:
            raise Failure(f"{command[0]} is not installed")
        with open(self.folder / f"{name}.log", "w") as log:
            process = subprocess.Popen(command, env=variables, stdin=subprocess.DEVNULL,
                                       stdout=log, stderr=subprocess.STDOUT, **extra)
        self.processes.append(process)
        return process

    @staticmethod
    def _read_line(descriptor):
        with os.fdopen(descriptor) as pipe:
            line = pipe.readline().strip()
        if not line:
            raise Failure("a server did not start")
        return line

    @staticmethod
    def _connect(address):
        flags = Gio.DBusConnectionFlags
        return Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)

    def log(self):
        return (self.folder / "program.log").read_text(errors="replace")

    def complaints(self):
        """What the program has printed, but for what is known."""
        return [line for line in self.log().splitlines()
                if line.strip() and not any(known in line for known in KNOWN)]

    def resident_mb(self):
        """What the program takes of the machine's memory."""
        fields = pathlib.Path(f"/proc/{self.program.pid}/statm").read_text().split()
        return int(fields[1]) * os.sysconf("SC_PAGESIZE") / 2 ** 20

    def wait_for_end(self, seconds=30):
        return self.program.wait(seconds)

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- looking ------------------------------------------------------------------------------

    def call(self, reference, interface, method, arguments=None):
        return self.bus.call_sync(reference[0], reference[1], ATSPI + interface, method, arguments,
                                  None, 0, 10000, None).unpack()

    def get(self, reference, interface, name):
        return self.bus.call_sync(
            reference[0], reference[1], "org.freedesktop.DBus.Properties", "Get",
            GLib.Variant("(ss)", (ATSPI + interface, name)), None, 0, 10000, None).unpack()[0]

    def ask(self, calls):
        """Sends all calls at once. Their answers in order, None from a widget that has gone."""
        answers, loop, left = [None] * len(calls), GLib.MainLoop(), len(calls)

        def answered(bus, result, index):
            nonlocal left
            try:
                answers[index] = bus.call_finish(result).unpack()
            except GLib.Error:
                pass
            left -= 1
            if left == 0:
                loop.quit()

        for index, ((name, path), interface, method, arguments) in enumerate(calls):
            self.bus.call(name, path, interface, method, arguments, None, 0, 10000, None,
                          answered, index)
        if calls:
            loop.run()
        return answers

    def windows(self):
        """The program's windows, with the widgets in them; of a long list, those at its start. Read
        level by level: a widget at a time would take longer than some of them are there."""
        if self.program.poll() is not None:
            raise Failure(f"the program ended with {self.program.returncode}:\n{self.log()}")
        applications = self.call(ROOT, "Accessible", "GetChildren")[0]
        children = self.ask([(reference, ATSPI + "Accessible", "GetChildren", None)
                             for reference in applications])
        windows = [Node(self, reference, None)
                   for answer in children if answer for reference in answer[0]]
        name = GLib.Variant("(ss)", (ATSPI + "Accessible", "Name"))
        level = windows
        while level:
            answers = self.ask([call for node in level for call in (
                (node.reference, "org.freedesktop.DBus.Properties", "Get", name),
                (node.reference, ATSPI + "Accessible", "GetRoleName", None),
                (node.reference, ATSPI + "Accessible", "GetChildren", None))])
            below = []
            for index, node in enumerate(level):
                named, role, children = answers[3 * index:3 * index + 3]
                if named and role and children:
                    node.name, node.role = named[0] or "", role[0]
                    node.children = [Node(self, child, node) for child in children[0][:ROWS]]
                    below += node.children
            level = below
        return windows

    def have_states(self, nodes, *states):
        """For each node whether it is in all of these states; one that has gone is in none."""
        answers = self.ask([(node.reference, ATSPI + "Accessible", "GetState", None)
                            for node in nodes])
        return [answer is not None and all(answer[0][0] >> STATES[state] & 1 for state in states)
                for answer in answers]

    def walk(self):
        for window in self.windows():
            yield from window.walk()

    def find_all(self, name=None, role=None):
        return [node for node in self.walk()
                if (name is None or node.name == name) and (role is None or node.role == role)]

    def find(self, name=None, role=None, seconds=30):
        """The first widget of that name and role; waits for it."""
        found = []

        def look():
            found[:] = self.find_all(name, role)
            return found

        self.wait(look, f'{role or "widget"} "{name}"', seconds)
        return found[0]

    def find_text(self, text, seconds=30):
        """The first widget whose name holds @text."""
        found = []

        def look():
            found[:] = [node for node in self.walk() if text in node.name]
            return found

        self.wait(look, f'text "{text}"', seconds)
        return found[0]

    def wait(self, condition, what, seconds=30):
        end = time.monotonic() + seconds
        while True:
            try:
                if condition():
                    return
            except GLib.Error:      # a widget went away while it was looked at
                pass
            if time.monotonic() > end:
                raise Failure(f"no {what} within {seconds} s")
            time.sleep(0.05)

    def screenshot(self, path):
        """Writes the screen as PNG."""
        root = self.screen.screen().root
        size = root.get_geometry()
        pixels = root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xffffffff).data
        rows = bytearray()
        for y in range(size.height):
            row = pixels[y * size.width * 4:(y + 1) * size.width * 4]
            rgb = bytearray(size.width * 3)
            rgb[0::3], rgb[1::3], rgb[2::3] = row[2::4], row[1::4], row[0::4]
            rows += b"\0" + rgb

        def chunk(kind, data):
            return (struct.pack(">I", len(data)) + kind + data
                    + struct.pack(">I", zlib.crc32(kind + data)))

        header = struct.pack(">IIBBBBB", size.width, size.height, 8, 2, 0, 0, 0)
        pathlib.Path(path).write_bytes(
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))

    def clipboard(self, kind, seconds=10):
        """What the clipboard holds, as bytes of this media type (ICCCM, section 2)."""
        display = xdisplay.Display(self.variables["DISPLAY"])
        own = display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent,
                                                  event_mask=X.PropertyChangeMask)
        place = display.intern_atom("RE3_CLIPBOARD")
        piecewise = display.intern_atom("INCR")
        end = time.monotonic() + seconds

        def wait_for(kind, accepts):
            while time.monotonic() < end:
                if not display.pending_events():
                    time.sleep(0.01)
                    continue
                event = display.next_event()
                if event.type == kind and accepts(event):
                    return event
            raise Failure(f"no answer from the clipboard within {seconds} s")

        def take():
            value = own.get_full_property(place, X.AnyPropertyType)
            own.delete_property(place)
            display.flush()
            return value

        try:
            own.convert_selection(display.intern_atom("CLIPBOARD"), display.intern_atom(kind), place,
                                  X.CurrentTime)
            display.flush()
            answer = wait_for(X.SelectionNotify, lambda event: True)
            if answer.property == X.NONE:
                raise Failure(f"the clipboard holds no {kind}")
            value = take()
            if value.property_type != piecewise:
                return bytes(value.value)
            data = b""
            while True:
                wait_for(X.PropertyNotify, lambda event: event.atom == place
                         and event.state == X.PropertyNewValue)
                piece = bytes(take().value)
                if not piece:
                    return data
                data += piece
        finally:
            display.close()

    # -- doing --------------------------------------------------------------------------------

    def _x_windows(self):
        root = self.screen.screen().root
        ids = root.get_full_property(self.screen.intern_atom("_NET_CLIENT_LIST_STACKING"),
                                     X.AnyPropertyType)
        return [self.screen.create_resource_object("window", i) for i in (ids.value if ids else [])]

    def resize(self, width, height):
        self._x_windows()[-1].configure(width=width, height=height)
        self.screen.sync()

    def maximize(self):
        """As the window manager does (EWMH)."""
        state, *both = (self.screen.intern_atom(f"_NET_WM_STATE{name}")
                        for name in ("", "_MAXIMIZED_VERT", "_MAXIMIZED_HORZ"))
        message = xevent.ClientMessage(window=self._x_windows()[-1], client_type=state,
                                       data=(32, [1, *both, 1, 0]))
        self.screen.screen().root.send_event(
            message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self.screen.sync()

    def _origin(self, node):
        """Where the content of the node's window begins on the screen."""
        top = node.window()
        _, _, width, height = top.box()
        extents_atom = self.screen.intern_atom("_GTK_FRAME_EXTENTS")
        for window in reversed(self._x_windows()):
            geometry = window.get_geometry()
            extents = window.get_full_property(extents_atom, X.AnyPropertyType)
            left, right, up, down = extents.value if extents else (0, 0, 0, 0)
            spare_x = geometry.width - left - right - width
            spare_y = geometry.height - up - down - height
            if 0 <= spare_x < 80 and 0 <= spare_y < 80:
                place = window.translate_coords(self.screen.screen().root, 0, 0)
                return (-place.x + left + spare_x // 2, -place.y + up + spare_y // 2)
        raise Failure(f"{node}: its window is not on the screen")

    def _call_actions(self, method, arguments):
        """Those of the first window, as other programs see them."""
        return self.session.call_sync(
            "io.github.re3.Re3", "/io/github/re3/Re3/window/1", "org.gtk.Actions", method, arguments,
            None, 0, 10000, None).unpack()

    def activate(self, action, parameter):
        self._call_actions("Activate", GLib.Variant("(sava{sv})", (action, [parameter], {})))

    def is_enabled(self, action):
        return self._call_actions("Describe", GLib.Variant("(s)", (action,)))[0][0]

    def point(self, node, at=(0.5, 0.5)):
        x, y, width, height = node.box()
        top_x, top_y, _, _ = node.window().box()
        origin_x, origin_y = self._origin(node)
        return (round(origin_x + x - top_x + width * at[0]),
                round(origin_y + y - top_y + height * at[1]))

    def move(self, x, y):
        xtest.fake_input(self.screen, X.MotionNotify, x=x, y=y)
        self.screen.sync()
        time.sleep(0.01)

    def button(self, pressed, number=1):
        xtest.fake_input(self.screen, X.ButtonPress if pressed else X.ButtonRelease, number)
        self.screen.sync()
        time.sleep(0.03)

    def click(self, node, at=(0.5, 0.5), button=1):
        self.move(*self.point(node, at))
        self.button(True, button)
        self.button(False, button)

    def drag(self, node, start, end, steps=40):
        from_x, from_y = self.point(node, start)
        to_x, to_y = self.point(node, end)
        self.move(from_x, from_y)
        self.button(True)
        for step in range(1, steps + 1):
            self.move(round(from_x + (to_x - from_x) * step / steps),
                      round(from_y + (to_y - from_y) * step / steps))
        self.button(False)

    def _key(self, keysym, pressed):
        xtest.fake_input(self.screen, X.KeyPress if pressed else X.KeyRelease,
                         self.screen.keysym_to_keycode(keysym))
        self.screen.sync()

    def key(self, chord):
        """Presses keys together: "ctrl+shift+o", "Down", "Return"."""
        *modifiers, last = chord.split("+")
        keysym = KEYSYMS.get(last) or XK.string_to_keysym(last)
        keys = [MODIFIERS[name] for name in modifiers]
        code = self.screen.keysym_to_keycode(keysym)
        if self.screen.keycode_to_keysym(code, 0) != keysym and XK.XK_Shift_L not in keys:
            keys.append(XK.XK_Shift_L)
        for modifier in keys:
            self._key(modifier, True)
        self._key(keysym, True)
        self._key(keysym, False)
        for modifier in reversed(keys):
            self._key(modifier, False)
        time.sleep(0.03)

    def type(self, text):
        for character in text:
            self.key(character)

    def choose_file(self, path):
        """Answers the file chooser that is open."""
        def entries():
            chooser = self.find(name="GtkFileChooserWidget")
            return [node for node in chooser.window().walk()
                    if node.role == "text box" and node.box()[2] > 0]

        if not entries():       # a dialog for opening has its entry behind a key
            time.sleep(0.2)     # its list takes the focus when it is loaded
            self.key("ctrl+l")
            self.wait(entries, "entry in the file chooser")
        self.click(entries()[0])
        self.key("ctrl+a")
        self.type(str(path))
        time.sleep(0.3)
        self.key("Delete")      # refuses what was completed
        self.key("Return")
        self.wait(lambda: not self.find_all(name="GtkFileChooserWidget"), "end of the file chooser")
