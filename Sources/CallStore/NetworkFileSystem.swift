import FoundationEssentials
import Glibc

/// File systems of other machines, by the kernel's names.
private let networkFileSystems: Set<String> = [
  "9p", "afs", "beegfs", "ceph", "cifs", "coda", "fuse.glusterfs", "fuse.sshfs", "gfs2", "lustre", "nfs",
  "nfs4",
  "ocfs2", "smb3", "smbfs",
]

/// The name of the network file system on which `path`, or the folder where it would be made, lies; nil on a local
/// disk. SQLite's write-ahead log needs memory that all its users share, so that every one must be on one machine
/// (sqlite.org/wal.html, Overview).
func networkFileSystem(of path: String) -> String? {
  var status = stat()
  guard unsafe stat(path, &status) == 0 || stat(CallStore.folder(of: path), &status) == 0,
    let mounts = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
  else { return nil }
  return networkFileSystem(device: status.st_dev, mounts: mounts)
}

/// The same by the device number and the mounts as in proc(5), `/proc/self/mountinfo`.
func networkFileSystem(device: dev_t, mounts: String) -> String? {
  // The kernel writes the major and the minor number; glibc keeps 12 and 20 of their bits in this order.
  let major = device >> 8 & 0xFFF, minor = device & 0xFF | device >> 12 & 0xFFF00
  let line = mounts.split(separator: "\n").last {
    let fields = $0.split(separator: " ")
    return fields.count > 2 && fields[2] == "\(major):\(minor)"
  }
  guard let type = line?.split(separator: " ").drop(while: { $0 != "-" }).dropFirst().first else {
    return nil
  }
  return networkFileSystems.contains(String(type)) ? String(type) : nil
}
