// Makes the program's own writing fail, or slow. Preloaded; only files without a name, or whose
// name ends in ".part", which the program writes before it puts them in place, and their naming.
//   FAIL_CALL   open, write, fsync, fchmod, close, linkat or rename
//   FAIL_AT     which of these calls fails, from 1 on
//   FAIL_ERRNO  with what
//   CHUNK       a write takes at most so many bytes
//   SLOW        and so many microseconds
//   NAMED       there are no files without a name, as on some file systems
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { FILES = 1024 };
static char part[FILES];

static long number(const char* name, long otherwise) {
    const char* set = getenv(name);
    return set != NULL ? atol(set) : otherwise;
}

static int is_part(const char* path) {
    size_t size = strlen(path);
    return size > 5 && strcmp(path + size - 5, ".part") == 0;
}

static int fails(const char* call) {
    static long calls;
    const char* set = getenv("FAIL_CALL");
    if (set == NULL || strcmp(set, call) != 0 || ++calls != number("FAIL_AT", 0)) return 0;
    errno = (int)number("FAIL_ERRNO", EIO);
    return 1;
}

static int mine(int file) {
    return file >= 0 && file < FILES && part[file];
}

int open(const char* path, int flags, ...) {
    static int (*real)(const char*, int, ...);
    if (real == NULL) real = (int (*)(const char*, int, ...))dlsym(RTLD_NEXT, "open");
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list list;
        va_start(list, flags);
        mode = va_arg(list, mode_t);
        va_end(list);
    }
    int unnamed = (flags & O_TMPFILE) == O_TMPFILE;
    if (unnamed && getenv("NAMED") != NULL) {
        errno = EOPNOTSUPP;
        return -1;
    }
    // (A part that was left by another run is opened without O_CREAT.)
    int writes = unnamed || (is_part(path) && (flags & O_CREAT));
    if (writes && fails("open")) return -1;
    int file = real(path, flags, mode);
    if (file >= 0 && file < FILES) part[file] = (char)writes;
    return file;
}

int linkat(int from, const char* path, int to, const char* name, int flags) {
    static int (*real)(int, const char*, int, const char*, int);
    if (real == NULL)
        real = (int (*)(int, const char*, int, const char*, int))dlsym(RTLD_NEXT, "linkat");
    return fails("linkat") ? -1 : real(from, path, to, name, flags);
}

ssize_t write(int file, const void* bytes, size_t size) {
    static ssize_t (*real)(int, const void*, size_t);
    if (real == NULL) real = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
    if (!mine(file)) return real(file, bytes, size);
    if (fails("write")) return -1;
    long chunk = number("CHUNK", 0);
    if (chunk > 0 && size > (size_t)chunk) size = (size_t)chunk;
    long slow = number("SLOW", 0);
    if (slow > 0) usleep((useconds_t)slow);
    return real(file, bytes, size);
}

int fsync(int file) {
    static int (*real)(int);
    if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    return mine(file) && fails("fsync") ? -1 : real(file);
}

int fchmod(int file, mode_t mode) {
    static int (*real)(int, mode_t);
    if (real == NULL) real = (int (*)(int, mode_t))dlsym(RTLD_NEXT, "fchmod");
    return mine(file) && fails("fchmod") ? -1 : real(file, mode);
}

int close(int file) {
    static int (*real)(int);
    if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "close");
    int was = mine(file);
    if (was) part[file] = 0;
    int done = real(file);
    return was && fails("close") ? -1 : done;
}

int rename(const char* from, const char* to) {
    static int (*real)(const char*, const char*);
    if (real == NULL) real = (int (*)(const char*, const char*))dlsym(RTLD_NEXT, "rename");
    return is_part(from) && fails("rename") ? -1 : real(from, to);
}
