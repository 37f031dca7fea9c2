/* A clock of the wall that another program sets: the file named by TEST_CLOCK holds the seconds it is ahead, as a
 * 64-bit number. Loaded before a program (LD_PRELOAD), it moves what that program takes for the time of day and nothing
 * else: waiting, and the clock that only counts on, stay true. Made and used by benchmarks/faults/clock.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *ahead;
static int (*true_clock)(clockid_t, struct timespec *);

__attribute__((constructor)) static void open_clock(void) {
    const char *name = getenv("TEST_CLOCK");
    int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    true_clock = dlsym(RTLD_NEXT, "clock_gettime");
    if (file < 0) return;
    void *page = mmap(NULL, sizeof *ahead, PROT_READ, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) ahead = page;
    close(file);
}

int clock_gettime(clockid_t which, struct timespec *now) {
    if (!true_clock) true_clock = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = true_clock(which, now);
    if (!failed && ahead && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) now->tv_sec += *ahead;
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec precise;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &precise)) return -1;
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result) {
    struct timespec precise;
    if (clock_gettime(CLOCK_REALTIME, &precise)) return -1;
    if (result) *result = precise.tv_sec;
    return precise.tv_sec;
}
