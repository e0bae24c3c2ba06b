throw new TypeError("a fault in the thread");
