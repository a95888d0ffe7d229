#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <unordered_set>

namespace jackgw::http {

/// The open connections of a server: how many there are, and how to end them. Safe from any thread.
class ConnectionRegistry {
  public:
    /// A connection's place in the registry, held by its thread for as long as the socket is open.
    class Entry {
      public:
        Entry(ConnectionRegistry& registry, int descriptor);
        ~Entry();
        Entry(const Entry&) = delete;
        Entry& operator=(const Entry&) = delete;

        /// Says that the connection waits for a request. False if the server stops: then nothing is to be
        /// waited for.
        bool set_idle();
        /// Says that a request has begun to arrive: from here on a graceful stop lets it finish.
        void set_busy() { idle_.store(false); }

        /// How many connections there were with this one when it came.
        std::size_t ordinal() const { return ordinal_; }

      private:
        friend class ConnectionRegistry;
        ConnectionRegistry& registry_;
        int descriptor_;
        std::size_t ordinal_ = 0;
        std::atomic<bool> idle_{false};
    };

    std::size_t size() const;
    bool stopping() const { return stopping_.load(); }

    /// Ends the idle connections and those that become idle. Only their reading side is closed: a request
    /// that has reached the kernel already is still read and answered.
    void begin_stop();

    /// Waits until no connection is left; false after `grace`.
    bool wait_until_empty(std::chrono::milliseconds grace);

    /// Cuts every connection, whatever it does.
    void cut_all();

  private:
    mutable std::mutex mutex_;
    std::condition_variable emptied_;
    std::unordered_set<Entry*> entries_;
    std::atomic<bool> stopping_{false};
};

}  // namespace jackgw::http
