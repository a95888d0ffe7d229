#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.h"

namespace jackgw::store {

/// What a back end's prepared statement does; used through Statement alone. Texts are UTF-8, numbers are
/// signed 64-bit integers, truth is 0 or 1. Throws the back end's errors. Belongs to the thread that has the
/// session.
class PreparedStatement {
  public:
    virtual ~PreparedStatement() = default;

    /// Parameters are counted from 1; values are copied.
    virtual void bind(int index, std::int64_t value) = 0;
    virtual void bind(int index, std::string_view text) = 0;
    virtual void bind_null(int index) = 0;

    /// Goes to the next row; false: there is none.
    virtual bool step() = 0;
    /// How many rows it inserted, updated or deleted, after its last step.
    virtual std::int64_t changes() const = 0;

    // The columns of the row, from 0. The text is valid until the next step.
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;

    /// The use is over, however it ended: the statement is ready for the next one.
    virtual void release() noexcept = 0;
};

/// One use of a prepared statement: bind, step, read. When it goes, the statement returns to its session,
/// whatever happened: an error never leaves one stuck. Belongs to the thread that has the session.
class Statement {
  public:
    explicit Statement(PreparedStatement& prepared) : prepared_(&prepared) {}
    ~Statement() {
        if (prepared_ != nullptr) prepared_->release();
    }
    Statement(Statement&& other) noexcept : prepared_(std::exchange(other.prepared_, nullptr)) {}
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Binds the values to ?1, ?2, …; they are copied.
    template <typename... Values>
    Statement& bind(const Values&... values) {
        int index = 0;
        (bind_value(++index, values), ...);
        return *this;
    }

    void bind_value(int index, std::string_view text) { prepared_->bind(index, text); }
    void bind_value(int index, const char* text) { prepared_->bind(index, std::string_view(text)); }
    void bind_value(int index, const std::string& text) { prepared_->bind(index, std::string_view(text)); }
    void bind_value(int index, std::nullptr_t) { prepared_->bind_null(index); }
    void bind_value(int index, Timestamp time) { prepared_->bind(index, to_micros(time)); }
    void bind_value(int index, StoreTime time) { prepared_->bind(index, to_micros(time)); }
    void bind_value(int index, std::chrono::microseconds length) { prepared_->bind(index, length.count()); }
    template <std::integral Number>
    void bind_value(int index, Number value) {
        prepared_->bind(index, static_cast<std::int64_t>(value));
    }
    template <typename Value>
    void bind_value(int index, const std::optional<Value>& value) {
        if (value) {
            bind_value(index, *value);
        } else {
            prepared_->bind_null(index);
        }
    }

    /// Goes to the next row; false: there is none.
    bool step() { return prepared_->step(); }
    std::int64_t changes() const { return prepared_->changes(); }

    // The columns of the row, from 0. Texts come with all their bytes, NUL included.
    bool is_null(int column) const { return prepared_->is_null(column); }
    std::int64_t integer(int column) const { return prepared_->integer(column); }
    std::int32_t small(int column) const { return static_cast<std::int32_t>(integer(column)); }
    bool flag(int column) const { return integer(column) != 0; }
    std::string text(int column) const { return std::string(prepared_->text(column)); }
    Timestamp time(int column) const { return from_micros(integer(column)); }
    std::optional<Timestamp> optional_time(int column) const {
        return is_null(column) ? std::nullopt : std::optional{time(column)};
    }
    StoreTime store_time(int column) const { return store_time_from_micros(integer(column)); }
    std::optional<StoreTime> optional_store_time(int column) const {
        return is_null(column) ? std::nullopt : std::optional{store_time(column)};
    }
    std::optional<std::chrono::microseconds> optional_length(int column) const {
        return is_null(column) ? std::nullopt : std::optional{std::chrono::microseconds{integer(column)}};
    }

  private:
    PreparedStatement* prepared_;
};

}  // namespace jackgw::store
