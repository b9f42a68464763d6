"""What may be on a disk after a power cut, worked out from the calls of one build.

Of what a program has asked for, only that is sure to last which a sync has followed. Of everything else any part may have reached the disk, in any order: so a
name may be there without its bytes, and a later rename without an earlier one.
"""

import os
import re

CALLS = "openat,write,writev,pwrite64,copy_file_range,sendfile,fsync,fdatasync,syncfs,mkdir,mkdirat,link,linkat,rename,renameat,renameat2,unlink,unlinkat,rmdir,symlink,symlinkat,truncate,ftruncate"
TRACE = ["strace", "-f", "-qq", "-yy", "-s", "0", "-e", f"trace={CALLS}"]
PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"([^"]*)"')
CALL = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")


class Unknown(Exception):
    """A call that this module does not know how to replay."""


def operations(log, folder):
    """The calls below a folder that came to something, in order: what was done, and the paths below the folder."""
    begun, found = {}, []
    for line in log.read_text(errors="replace").splitlines():
        process, rest = line.split(" ", 1)
        if rest.endswith(" <unfinished ...>"):
            begun[process] = line.removesuffix(" <unfinished ...>")
            continue
        if resumed := re.search(r"<\.\.\. \w+ resumed>", rest):
            line = begun.pop(process) + rest[resumed.end() :]
        call = CALL.match(line)
        if not call or int(call[4]) < 0:
            continue
        name, arguments = call[2], call[3]
        if name in ("write", "writev", "pwrite64", "fsync", "fdatasync", "syncfs", "ftruncate", "copy_file_range", "sendfile"):
            paths = re.findall(r"^\d+<([^>]*)>", arguments)
        else:
            paths = [os.path.join(at, path) for at, path in PATH.findall(arguments)]
        if name == "openat":
            if "O_CREAT" not in arguments:
                continue
            name = "create"
        elif name == "renameat2" and "RENAME_EXCHANGE" in arguments:
            name = "exchange"
        elif name == "unlinkat":
            name = "rmdir" if "AT_REMOVEDIR" in arguments else "unlink"
        name = {"pwrite64": "write", "writev": "write", "renameat": "rename", "renameat2": "rename", "linkat": "link", "mkdirat": "mkdir", "fdatasync": "fsync"}.get(name, name)
        if not any(path == str(folder) or path.startswith(f"{folder}/") for path in paths):
            continue
        if name not in ("create", "write", "fsync", "syncfs", "mkdir", "link", "rename", "exchange", "unlink", "rmdir"):
            raise Unknown(line)
        found.append((name, tuple(os.path.relpath(path, folder) for path in paths), int(call[4])))
    return found


class File:
    """A file: where its bytes are from, and how many of them there are."""

    def __init__(self, origin, length=0):
        self.origin, self.length = origin, length


def directory(path):
    """The names in a folder that is on disk, as they are."""
    return {entry.name: directory(entry.path) if entry.is_dir() else File(("old", entry.path), entry.stat().st_size) for entry in os.scandir(path)}


class Disk:
    """Names and lengths, as far as calls have come."""

    def __init__(self, root, lengths):
        self.root, self.lengths = root, lengths

    def place(self, path):
        *folders, name = path.split("/")
        at = self.root
        for folder in folders:
            at = at[folder]
        return at, name

    def do(self, operation):
        """Replays a call that changes names. One for which something earlier is missing comes to nothing."""
        name, paths, number = operation
        try:
            at, last = self.place(paths[-1])
            if name == "create":
                # As long as what was synced of it.
                at.setdefault(last, File(("new", number), self.lengths.get(number, 0)))
            elif name == "mkdir":
                at.setdefault(last, {})
            elif name == "link":
                from_folder, from_name = self.place(paths[0])
                at[last] = from_folder[from_name]
            elif name == "rename":
                from_folder, from_name = self.place(paths[0])
                at[last] = from_folder.pop(from_name)
            elif name == "exchange":
                from_folder, from_name = self.place(paths[0])
                at[last], from_folder[from_name] = from_folder[from_name], at[last]
            elif name in ("unlink", "rmdir"):
                del at[last]
        except (KeyError, TypeError):
            pass


def flat(tree, prefix=""):
    for name, node in tree.items():
        if isinstance(node, dict):
            yield from flat(node, f"{prefix}{name}/")
        else:
            yield prefix + name, (node.origin, node.length)


def copy(tree):
    return {name: copy(node) if isinstance(node, dict) else node for name, node in tree.items()}


def outcomes(before, calls, published, step=1, syncs=True):
    """What power cuts may leave of the folder `published`, each as a set of names, origins and lengths: what was there, what is there without a cut, and everything that
    was found. `before` are the names beforehand. Of calls that make or remove something only each `step`-th is taken for lost or for the only one. Without `syncs` those
    calls are taken for nothing, which must be seen."""
    # Files that are made, by the number of the call that made them: their bytes as they were asked for, and as far as they were synced.
    made, asked, sure = {}, {}, {}
    changes, lasting, cuts = [], [], []
    for n, (name, paths, result) in enumerate(calls):
        if name == "write":
            asked[made[paths[0]]] = asked.get(made[paths[0]], 0) + result
        elif name in ("fsync", "syncfs"):
            cuts.append((list(lasting), dict(sure)))
            if not syncs:
                continue
            if name == "syncfs":
                sure, lasting = dict(asked), [True] * len(changes)
            elif paths[0] in made:
                sure[made[paths[0]]] = asked.get(made[paths[0]], 0)
            else:
                # The names in a folder.
                within = lambda change: all((os.path.dirname(path) or ".") == paths[0] for path in change[1])
                lasting = [was or within(change) for was, change in zip(lasting, changes)]
        else:
            if name == "create":
                made[paths[0]] = n
            elif name == "rename" and paths[0] in made:
                made[paths[1]] = made.pop(paths[0])
            changes.append((name, paths, n))
            lasting.append(False)
    cuts.append((list(lasting), dict(sure)))

    def after(wanted, lengths):
        disk = Disk(copy(before), lengths)
        for change, is_wanted in zip(changes, wanted):
            if is_wanted:
                disk.do(change)
        return frozenset(flat(disk.root.get(published, {})))

    found = set()
    for lasting, lengths in cuts:
        unsure = [n for n, was in enumerate(lasting) if not was]
        picked = [n for n in unsure if n % step == 0 or changes[n][0] in ("rename", "exchange")]
        found.add(after(lasting, lengths))
        for one in picked:
            found.add(after([was or n == one for n, was in enumerate(lasting)], lengths))
            found.add(after([was or n != one for n, was in enumerate(lasting)], lengths))
            found.add(after([was or n < one for n, was in enumerate(lasting)], lengths))
    return frozenset(flat(before[published])), after([True] * len(changes), asked), found
