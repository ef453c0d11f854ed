// The words for the kinds of error.

#include "sipdrift/not_compared.hpp"

#include "model/names.hpp"

namespace sipdrift {

namespace {

constexpr std::array<Named<ErrorKind>, 13> error_kind_names{{
    {ErrorKind::resolve, "resolve"},
    {ErrorKind::connect, "connect"},
    {ErrorKind::tls, "tls"},
    {ErrorKind::timeout, "timeout"},
    {ErrorKind::network, "network"},
    {ErrorKind::unauthorized, "unauthorized"},
    {ErrorKind::rate_limited, "rate_limited"},
    {ErrorKind::http_status, "http_status"},
    {ErrorKind::bad_reply, "bad_reply"},
    {ErrorKind::wrong_number, "wrong_number"},
    {ErrorKind::deadline, "deadline"},
    {ErrorKind::interrupted, "interrupted"},
    {ErrorKind::internal, "internal"},
}};

}  // namespace

std::string_view name(ErrorKind kind) { return name_in(error_kind_names, kind); }

}  // namespace sipdrift
