//go:build !nopanel && amd64

package ui

// The library of cimgui-go was built against glibc 2.38, whose headers turn the
// number readers of C into these. Older systems have only the plain ones; newer
// ones keep their own, since these are weak.

/*
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((weak)) int __isoc23_sscanf(const char *text, const char *format, ...) {
	va_list rest;
	va_start(rest, format);
	int n = vsscanf(text, format, rest);
	va_end(rest);
	return n;
}
__attribute__((weak)) long __isoc23_strtol(const char *text, char **end, int base) { return strtol(text, end, base); }
__attribute__((weak)) unsigned long __isoc23_strtoul(const char *text, char **end, int base) { return strtoul(text, end, base); }
__attribute__((weak)) long long __isoc23_strtoll(const char *text, char **end, int base) { return strtoll(text, end, base); }
__attribute__((weak)) unsigned long long __isoc23_strtoull(const char *text, char **end, int base) { return strtoull(text, end, base); }
*/
import "C"
