#include "base/sandbox.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CADRECODE_SANITIZED 1
#endif

namespace cadrecode {
namespace {

#if defined(__x86_64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr uint32_t kArchitecture = 0;  // none known: no filter
#endif

// ---- seccomp ------------------------------------------------------------------

// A filter is a program over the call's number and arguments; it is built here rule
// by rule, each ending in a verdict or falling through to the next.
class Filter {
 public:
  Filter() {
    load(offsetof(seccomp_data, arch));
    add(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0);
    verdict(SECCOMP_RET_ERRNO | EPERM);
    load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
    // The x32 calls have numbers of their own, which no rule below knows.
    add(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    verdict(SECCOMP_RET_ERRNO | EPERM);
#endif
  }

  void refuse(std::initializer_list<long> calls, int error = EPERM) {
    for (const long call : calls) {
      add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<uint32_t>(call), 0, 1);
      verdict(SECCOMP_RET_ERRNO | static_cast<uint32_t>(error));
    }
  }

  // Unless the low half of the argument has one of these bits (or, `lacking`, none).
  void refuse_if_bits(long call, int argument, uint32_t bits, bool lacking = false) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<uint32_t>(call), 0, 3);
    load(argument_at(argument));
    add(BPF_JMP | BPF_JSET | BPF_K, bits, lacking ? 1 : 0, lacking ? 0 : 1);
    verdict(SECCOMP_RET_ERRNO | EPERM);
    load(offsetof(seccomp_data, nr));
  }

  void refuse_unless_equal(long call, int argument, uint32_t value) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<uint32_t>(call), 0, 3);
    load(argument_at(argument));
    add(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0);
    verdict(SECCOMP_RET_ERRNO | EPERM);
    load(offsetof(seccomp_data, nr));
  }

  bool install() {
    verdict(SECCOMP_RET_ALLOW);
    const sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
    return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
  }

 private:
  static uint32_t argument_at(int argument) {  // little-endian: the low half comes first
    return static_cast<uint32_t>(offsetof(seccomp_data, args) + sizeof(uint64_t) * argument);
  }
  void add(int code, uint32_t k, uint8_t yes = 0, uint8_t no = 0) {
    code_.push_back({static_cast<uint16_t>(code), yes, no, k});
  }
  void load(size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<uint32_t>(offset)); }
  void verdict(uint32_t what) { add(BPF_RET | BPF_K, what); }

  std::vector<sock_filter> code_;
};

// The machine's and the kernel's business, and ways round the filter.
void refuse_always(Filter& filter) {
  filter.refuse({__NR_mount,
                 __NR_umount2,
                 __NR_pivot_root,
                 __NR_chroot,
                 __NR_setns,
                 __NR_unshare,
                 __NR_init_module,
                 __NR_finit_module,
                 __NR_delete_module,
                 __NR_kexec_load,
                 __NR_reboot,
                 __NR_swapon,
                 __NR_swapoff,
                 __NR_sethostname,
                 __NR_setdomainname,
                 __NR_settimeofday,
                 __NR_clock_settime,
                 __NR_adjtimex,
                 __NR_acct,
                 __NR_quotactl,
                 __NR_bpf,
                 __NR_perf_event_open,
                 __NR_keyctl,
                 __NR_add_key,
                 __NR_request_key,
                 __NR_userfaultfd,
                 __NR_open_by_handle_at,
                 __NR_personality});
  filter.refuse({__NR_io_uring_setup, __NR_io_uring_enter, __NR_io_uring_register});
}

void refuse_network(Filter& filter) {
  filter.refuse({__NR_socket, __NR_socketpair, __NR_connect, __NR_bind, __NR_listen, __NR_accept,
                 __NR_accept4});
}

void refuse_processes(Filter& filter) {
  filter.refuse({__NR_execve, __NR_execveat, __NR_ptrace, __NR_process_vm_readv,
                 __NR_process_vm_writev, __NR_kcmp, __NR_pidfd_open, __NR_pidfd_send_signal,
                 __NR_pidfd_getfd, __NR_rt_sigqueueinfo, __NR_rt_tgsigqueueinfo});
#if defined(__x86_64__)
  filter.refuse({__NR_fork, __NR_vfork});
#endif
  // A thread is a clone too. clone3 hides its flags behind a pointer; the C library
  // falls back to clone where there is none.
  filter.refuse({__NR_clone3}, ENOSYS);
  filter.refuse_if_bits(__NR_clone, 0, CLONE_THREAD, true);
  const auto self = static_cast<uint32_t>(::getpid());
  filter.refuse_unless_equal(__NR_kill, 0, self);
  filter.refuse_unless_equal(__NR_tgkill, 0, self);
  filter.refuse({__NR_tkill});
}

void refuse_writing(Filter& filter) {
  constexpr uint32_t kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
  filter.refuse_if_bits(__NR_openat, 2, kWriting);
  filter.refuse({__NR_openat2}, ENOSYS);
  filter.refuse({__NR_unlinkat,  __NR_renameat2,   __NR_linkat,       __NR_symlinkat,
                 __NR_mkdirat,   __NR_mknodat,     __NR_fchmodat,     __NR_fchmod,
                 __NR_fchownat,  __NR_fchown,      __NR_truncate,     __NR_ftruncate,
                 __NR_fallocate, __NR_utimensat,   __NR_setxattr,     __NR_lsetxattr,
                 __NR_fsetxattr, __NR_removexattr, __NR_lremovexattr, __NR_fremovexattr,
                 __NR_renameat});
#if defined(__x86_64__)
  filter.refuse_if_bits(__NR_open, 1, kWriting);
  filter.refuse({__NR_creat, __NR_unlink, __NR_rename, __NR_link, __NR_symlink, __NR_mkdir,
                 __NR_rmdir, __NR_mknod, __NR_chmod, __NR_chown, __NR_lchown, __NR_utime,
                 __NR_utimes, __NR_futimesat});
#endif
}

bool filter_calls(const Rights& rights) {
  if (kArchitecture == 0) return false;
  Filter filter;
  refuse_always(filter);
  if (!rights.network) refuse_network(filter);
  if (!rights.processes) refuse_processes(filter);
  if (rights.files != Rights::Files::kAll) refuse_writing(filter);
  return filter.install();
}

// ---- Landlock -------------------------------------------------------------------

// Reading below these; what is not there is passed over.
constexpr const char* kSystemFolders[] = {
    "/usr",         "/lib",        "/lib64",        "/etc",         "/opt",
    "/nix",         "/proc/self",  "/sys/devices",  "/dev/null",    "/dev/zero",
    "/dev/urandom", "/dev/random", "/proc/cpuinfo", "/proc/meminfo"};

bool system_files_only() {
  constexpr uint64_t kReading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  landlock_ruleset_attr handled{};
  handled.handled_access_fs = kReading;
  const auto rules =
      static_cast<int>(::syscall(__NR_landlock_create_ruleset, &handled, sizeof handled, 0));
  if (rules < 0) return false;
  for (const char* folder : kSystemFolders) {
    const int fd = ::open(folder, O_PATH | O_CLOEXEC);
    if (fd < 0) continue;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = kReading;
    rule.parent_fd = fd;
    // A file takes no right to its entries.
    if (::syscall(__NR_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
      rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
      ::syscall(__NR_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    ::close(fd);
  }
  const bool done = ::syscall(__NR_landlock_restrict_self, rules, 0) == 0;
  ::close(rules);
  return done;
}

}  // namespace

std::string confine(const Rights& rights) {
#ifdef CADRECODE_SANITIZED
  (void)rights;
  return "rights (the build is instrumented)";
#else
  const bool all = rights.files == Rights::Files::kAll && rights.network && rights.processes;
  if (all) return {};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return "rights (no PR_SET_NO_NEW_PRIVS)";
  std::string left;
  if (rights.files == Rights::Files::kSystem && !system_files_only())
    left = "reading files (the kernel has no Landlock)";
  if (!filter_calls(rights))
    left += std::string(left.empty() ? "" : ", ") + "system calls (no seccomp)";
  return left;
#endif
}

}  // namespace cadrecode
