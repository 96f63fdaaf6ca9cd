/* Drops a file on a window, as a file manager would (XDND version 5):
 *   drop WINDOW FILE
 * Ends with 0 once the window has said that it took the file. For the window
 * tests; built by them. */
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static Display *display;
static Window self, target;

static Atom atom(const char *name) { return XInternAtom(display, name, False); }

static void tell(const char *type, long a, long b, long c, long d) {
  XEvent e;
  memset(&e, 0, sizeof e);
  e.xclient.type = ClientMessage;
  e.xclient.window = target;
  e.xclient.message_type = atom(type);
  e.xclient.format = 32;
  e.xclient.data.l[0] = (long)self;
  e.xclient.data.l[1] = a;
  e.xclient.data.l[2] = b;
  e.xclient.data.l[3] = c;
  e.xclient.data.l[4] = d;
  XSendEvent(display, target, False, NoEventMask, &e);
  XFlush(display);
}

static void answer(XSelectionRequestEvent *request, const char *uri) {
  XEvent e;
  XChangeProperty(display, request->requestor, request->property, request->target, 8,
                  PropModeReplace, (const unsigned char *)uri, (int)strlen(uri));
  memset(&e, 0, sizeof e);
  e.xselection.type = SelectionNotify;
  e.xselection.requestor = request->requestor;
  e.xselection.selection = request->selection;
  e.xselection.target = request->target;
  e.xselection.property = request->property;
  e.xselection.time = request->time;
  XSendEvent(display, request->requestor, False, NoEventMask, &e);
  XFlush(display);
}

int main(int argc, char **argv) {
  char uri[4096];
  time_t end = time(NULL) + 20;
  int dropped = 0, x, y;
  Window child;
  if (argc != 3 || !(display = XOpenDisplay(NULL))) return 2;
  target = (Window)strtoul(argv[1], NULL, 0);
  snprintf(uri, sizeof uri, "file://%s\r\n", argv[2]);
  self = XCreateSimpleWindow(display, DefaultRootWindow(display), 0, 0, 1, 1, 0, 0, 0);
  XSetSelectionOwner(display, atom("XdndSelection"), self, CurrentTime);
  XTranslateCoordinates(display, target, DefaultRootWindow(display), 40, 40, &x, &y, &child);
  tell("XdndEnter", 5L << 24, (long)atom("text/uri-list"), 0, 0);
  tell("XdndPosition", 0, ((long)x << 16) | y, CurrentTime, (long)atom("XdndActionCopy"));
  while (time(NULL) < end) {
    XEvent e;
    if (!XPending(display)) {
      usleep(5000);
      continue;
    }
    XNextEvent(display, &e);
    if (e.type == SelectionRequest) {
      answer(&e.xselectionrequest, uri);
    } else if (e.type == ClientMessage && e.xclient.message_type == atom("XdndStatus")) {
      if (!(e.xclient.data.l[1] & 1)) return 3;
      if (!dropped) tell("XdndDrop", 0, CurrentTime, 0, 0);
      dropped = 1;
    } else if (e.type == ClientMessage && e.xclient.message_type == atom("XdndFinished")) {
      return e.xclient.data.l[1] ? 0 : 4; /* GLFW puts the number of bytes here */
    }
  }
  return 5;
}
