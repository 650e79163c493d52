package dev.bulkuserimport.event;

import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A problem as a Lambda function error. Lambda reports the class's name as {@code errorType} and the message as {@code errorMessage}, and
 * Step Functions matches {@code errorType}, so every problem has its own class.
 */
abstract class FunctionError extends RuntimeException {

    private FunctionError(Problem problem) {
        // An expected outcome, not a bug: no stack trace, which Lambda would print.
        super(new String(JsonOutput.bytes(problem.document()), StandardCharsets.UTF_8), null, false, false);
    }

    static FunctionError of(Problem problem) {
        ProblemType type = problem.type();
        return switch (type) {
            case MALFORMED_PAYLOAD -> new MalformedPayloadException(problem);
            case INVALID_REQUEST -> new InvalidRequestException(problem);
            case UNAUTHORIZED -> new UnauthorizedException(problem);
            case NOT_FOUND -> new NotFoundException(problem);
            case APPLICATION_NOT_FOUND -> new ApplicationNotFoundException(problem);
            case SESSION_NOT_FOUND -> new SessionNotFoundException(problem);
            case METHOD_NOT_ALLOWED -> new MethodNotAllowedException(problem);
            case SESSION_NOT_ACTIVE -> new SessionNotActiveException(problem);
            case SESSION_CONFLICT -> new SessionConflictException(problem);
            case PAYLOAD_TOO_LARGE -> new PayloadTooLargeException(problem);
            case UNSUPPORTED_MEDIA_TYPE -> new UnsupportedMediaTypeException(problem);
            case INVALID_USERS -> new InvalidUsersException(problem);
            case SESSION_LIMIT_EXCEEDED -> new SessionLimitExceededException(problem);
            case DEACTIVATION_LIMIT_EXCEEDED -> new DeactivationLimitExceededException(problem);
            case INTERNAL_ERROR -> new InternalErrorException(problem);
            case OKTA_UNAUTHORIZED -> new OktaUnauthorizedException(problem);
            case OKTA_REJECTED -> new OktaRejectedException(problem);
            case OKTA_UNAVAILABLE -> new OktaUnavailableException(problem);
            case SECRET_UNAVAILABLE -> new SecretUnavailableException(problem);
            case STORAGE_UNAVAILABLE -> new StorageUnavailableException(problem);
        };
    }

    /** The problem type for an {@code errorType}; empty for any other error. */
    static Optional<ProblemType> typeOf(String errorType) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> errorType.endsWith("$" + pascal(type) + "Exception"))
                .findFirst();
    }

    private static String pascal(ProblemType type) {
        StringBuilder name = new StringBuilder();
        for (String word : type.slug().split("-")) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
    }

    static final class MalformedPayloadException extends FunctionError {
        MalformedPayloadException(Problem problem) {
            super(problem);
        }
    }

    static final class InvalidRequestException extends FunctionError {
        InvalidRequestException(Problem problem) {
            super(problem);
        }
    }

    static final class UnauthorizedException extends FunctionError {
        UnauthorizedException(Problem problem) {
            super(problem);
        }
    }

    static final class NotFoundException extends FunctionError {
        NotFoundException(Problem problem) {
            super(problem);
        }
    }

    static final class ApplicationNotFoundException extends FunctionError {
        ApplicationNotFoundException(Problem problem) {
            super(problem);
        }
    }

    static final class SessionNotFoundException extends FunctionError {
        SessionNotFoundException(Problem problem) {
            super(problem);
        }
    }

    static final class MethodNotAllowedException extends FunctionError {
        MethodNotAllowedException(Problem problem) {
            super(problem);
        }
    }

    static final class SessionNotActiveException extends FunctionError {
        SessionNotActiveException(Problem problem) {
            super(problem);
        }
    }

    static final class SessionConflictException extends FunctionError {
        SessionConflictException(Problem problem) {
            super(problem);
        }
    }

    static final class PayloadTooLargeException extends FunctionError {
        PayloadTooLargeException(Problem problem) {
            super(problem);
        }
    }

    static final class UnsupportedMediaTypeException extends FunctionError {
        UnsupportedMediaTypeException(Problem problem) {
            super(problem);
        }
    }

    static final class InvalidUsersException extends FunctionError {
        InvalidUsersException(Problem problem) {
            super(problem);
        }
    }

    static final class SessionLimitExceededException extends FunctionError {
        SessionLimitExceededException(Problem problem) {
            super(problem);
        }
    }

    static final class DeactivationLimitExceededException extends FunctionError {
        DeactivationLimitExceededException(Problem problem) {
            super(problem);
        }
    }

    static final class InternalErrorException extends FunctionError {
        InternalErrorException(Problem problem) {
            super(problem);
        }
    }

    static final class OktaUnauthorizedException extends FunctionError {
        OktaUnauthorizedException(Problem problem) {
            super(problem);
        }
    }

    static final class OktaRejectedException extends FunctionError {
        OktaRejectedException(Problem problem) {
            super(problem);
        }
    }

    static final class OktaUnavailableException extends FunctionError {
        OktaUnavailableException(Problem problem) {
            super(problem);
        }
    }

    static final class SecretUnavailableException extends FunctionError {
        SecretUnavailableException(Problem problem) {
            super(problem);
        }
    }

    static final class StorageUnavailableException extends FunctionError {
        StorageUnavailableException(Problem problem) {
            super(problem);
        }
    }
}
